import type { GenesysConfig } from '../core/config.js';
import { GcAuthError } from '../core/errors.js';
import { readLauncherPosition } from '../core/launcher-position.js';
import type { LauncherPosition, MessengerFact } from '../core/messenger.js';
import type { SnippetOptions } from './genesys-global.js';

/** `config.json` of a deployment, as far as it is used. The bus publishes the same as `deploymentConfig`. */
export interface Deployment {
  readonly status?: unknown;
  readonly auth?: { readonly enabled?: unknown; readonly allowSessionUpgrade?: unknown } | null;
  readonly position?: object | null;
  readonly headlessMode?: { readonly enabled?: unknown } | null;
  readonly messenger?: {
    readonly apps?: { readonly conversations?: { readonly autoStart?: { readonly enabled?: unknown } } };
  } | null;
}

/** Data of the event `GenesysJS.configurationReceived`. */
export interface ConfigurationReceived {
  readonly deploymentConfig?: Deployment;
  readonly snippetConfig?: SnippetOptions;
}

/** `domains.json` of a deployment. */
interface Domains {
  readonly allowAllDomains?: unknown;
  readonly allowedDomains?: unknown;
}

/** Why sign-in to the deployment is impossible; undefined when no reason is found. */
export function deploymentFault({ status, auth }: Deployment): GcAuthError | undefined {
  if (status === 'Inactive') return new GcAuthError('deployment-inactive');
  return auth?.enabled === false ? new GcAuthError('auth-not-enabled') : undefined;
}

/** In headless mode with automatic start, signing in would start a conversation that nobody requested. */
export const startsConversation = ({ auth, headlessMode, messenger }: Deployment): boolean =>
  auth?.enabled === true &&
  headlessMode?.enabled === true &&
  messenger?.apps?.conversations?.autoStart?.enabled === true;

/** Where the launcher is. Undefined when the deployment says nothing of it; defaults for what cannot be read. */
export function launcherPosition({ position }: Deployment): LauncherPosition | undefined {
  if (typeof position !== 'object' || position === null) return undefined;
  return readLauncherPosition(position);
}

export function loadedFact(deployment: Deployment): MessengerFact {
  const position = launcherPosition(deployment);
  const allowSessionUpgrade = deployment.auth?.allowSessionUpgrade === true;
  return { type: 'loaded', allowSessionUpgrade, ...(position && { position }) };
}

export const domainNotAllowedError = (host: string): GcAuthError =>
  new GcAuthError('domain-not-allowed', {
    message: `The deployment does not allow the domain ${host}.`,
  });

/** An entry allows a domain and its subdomains, in any letter case. An empty list allows none. */
export function allowsHost({ allowAllDomains, allowedDomains }: Domains, host: string): boolean {
  if (allowAllDomains === true || !Array.isArray(allowedDomains)) return true;
  const name = host.toLowerCase();
  return allowedDomains.some((entry) => {
    const allowed = String(entry).toLowerCase();
    return name === allowed || name.endsWith(`.${allowed}`);
  });
}

const unknownDeployment = ({ deploymentId, environment }: GenesysConfig): GcAuthError =>
  new GcAuthError('config-invalid', {
    message: `Attribute deployment-id: there is no deployment ${deploymentId} in environment ${environment}.`,
    hint: 'Copy both from the snippet of the deployment.',
  });

/**
 * One of the two public files that Messenger loads first; undefined where there is none. Rejects when it cannot be read.
 */
export async function fetchDeploymentFile(
  { configOrigin, deploymentId }: GenesysConfig,
  file: 'config' | 'domains',
  fetchFile: typeof fetch,
  signal: AbortSignal,
): Promise<object | undefined> {
  const folder = `${configOrigin}/webdeployments/v1/deployments/${encodeURIComponent(deploymentId)}`;
  const response = await fetchFile(`${folder}/${file}.json`, { signal });
  return response.status === 404 ? undefined : ((await response.json()) as object);
}

/**
 * Finds out why Messenger does not load, from these two files. Messenger publishes no event when one is missing. Undefined when the files cannot be read or show no fault.
 */
export async function examineDeployment(
  config: GenesysConfig,
  host: string,
  fetchFile: typeof fetch,
  signal: AbortSignal,
): Promise<GcAuthError | undefined> {
  try {
    const [domains, deployment] = await Promise.all([
      fetchDeploymentFile(config, 'domains', fetchFile, signal),
      fetchDeploymentFile(config, 'config', fetchFile, signal),
    ]);
    if (domains && !allowsHost(domains, host)) return domainNotAllowedError(host);
    return domains && deployment ? deploymentFault(deployment) : unknownDeployment(config);
  } catch {
    return undefined;
  }
}
