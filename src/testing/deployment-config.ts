import type { Transport } from './environment.js';
import type { BrowserSwitches } from './switches.js';

/** The part of `config.json` that the stand-in reads. */
export interface DeploymentConfig {
  status?: string;
  /** Origin of the HTTP API. */
  apiEndpoint?: string;
  auth?: { enabled: boolean; allowSessionUpgrade?: boolean };
  headlessMode?: { enabled?: boolean };
  messenger?: {
    enabled?: boolean;
    apps?: {
      conversations?: {
        /** Origin of the WebSocket. */
        messagingEndpoint?: string;
        autoStart?: { enabled?: boolean };
      };
    };
  };
  standIn?: Partial<BrowserSwitches>;
}

export interface DomainRules {
  allowAllDomains?: boolean;
  allowedDomains?: string[];
}

export interface DeploymentAddress {
  scriptOrigin: string;
  deploymentId: string;
}

/** Exact name or a subdomain of it; case, scheme and port do not count. */
export function isDomainAllowed(hostname: string, rules: DomainRules): boolean {
  const host = hostname.toLowerCase();
  if (rules.allowAllDomains) return true;
  return (rules.allowedDomains ?? []).some((domain) => {
    const allowed = domain.toLowerCase();
    return host === allowed || host.endsWith(`.${allowed}`);
  });
}

/** @throws Error when the file cannot be had or is no JSON. */
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
