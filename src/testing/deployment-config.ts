import type { BrowserSwitches } from './switches.js';
import type { Transport } from './transport.js';

/** The part of a deployment's `config.json` that the stand-in reads. */
export interface DeploymentConfig {
  status?: string;
  /** Origin of the HTTP API. */
  apiEndpoint?: string;
  auth?: { enabled: boolean; allowSessionUpgrade?: boolean };
  headlessMode?: { enabled?: boolean };
  position?: { alignment?: string; sideSpace?: number; bottomSpace?: number };
  customI18nLabels?: { language: string; localizedLabels: { key: string; value: string }[] }[];
  messenger?: {
    enabled?: boolean;
    styles?: { primaryColor?: string };
    launcherButton?: { visibility?: string; displayType?: string };
    apps?: {
      conversations?: {
        /** Origin of the WebSocket. */
        messagingEndpoint?: string;
        autoStart?: { enabled?: boolean };
      };
    };
  };
  /** Not part of Genesys Cloud's file: how the server passes switches to this page. */
  standIn?: Partial<BrowserSwitches>;
}

/** A deployment's `domains.json`. */
export interface DomainRules {
  allowAllDomains?: boolean;
  allowedDomains?: string[];
}

export interface DeploymentAddress {
  scriptOrigin: string;
  deploymentId: string;
}

/** Matches a host name exactly or as a subdomain of an allowed domain. Case, scheme and port are ignored. */
export function isDomainAllowed(hostname: string, rules: DomainRules): boolean {
  const host = hostname.toLowerCase();
  if (rules.allowAllDomains) return true;
  return (rules.allowedDomains ?? []).some((domain) => {
    const allowed = domain.toLowerCase();
    return host === allowed || host.endsWith(`.${allowed}`);
  });
}

/** @throws Error when the file cannot be loaded or is not JSON */
async function loadFile<T>(transport: Transport, address: DeploymentAddress, file: string): Promise<T> {
  const id = encodeURIComponent(address.deploymentId);
  const response = await transport.fetch(`${address.scriptOrigin}/webdeployments/v1/deployments/${id}/${file}`);
  if (!response.ok) throw new Error(`${file} answered ${response.status}`);
  return (await response.json()) as T;
}

export function loadDomainRules(transport: Transport, address: DeploymentAddress): Promise<DomainRules> {
  return loadFile(transport, address, 'domains.json');
}

export function loadDeploymentConfig(transport: Transport, address: DeploymentAddress): Promise<DeploymentConfig> {
  return loadFile(transport, address, 'config.json');
}
