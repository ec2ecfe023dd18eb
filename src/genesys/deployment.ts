import type { GenesysConfig } from '../core/config.js';
import { GcAuthError } from '../core/errors.js';

/** `config.json` of a deployment, as far as it is used; published as `deploymentConfig` too. */
export interface Deployment {
  readonly status?: unknown;
  readonly auth?: { readonly enabled?: unknown; readonly allowSessionUpgrade?: unknown } | null;
  readonly headlessMode?: { readonly enabled?: unknown } | null;
  readonly messenger?: {
    readonly apps?: { readonly conversations?: { readonly autoStart?: { readonly enabled?: unknown } } };
  } | null;
}

interface Domains {
  readonly allowAllDomains?: unknown;
  readonly allowedDomains?: unknown;
}

/** Why nobody can sign in to a deployment; undefined when nothing speaks against it. */
export function deploymentFault({ status, auth }: Deployment): GcAuthError | undefined {
  if (status === 'Inactive') return new GcAuthError('deployment-inactive');
  return auth?.enabled === false ? new GcAuthError('auth-not-enabled') : undefined;
}

/** Signing in would open a conversation that nobody asked for: Messenger has no window here, and starts by itself. */
export const startsUnasked = ({ auth, headlessMode, messenger }: Deployment): boolean =>
  auth?.enabled === true &&
  headlessMode?.enabled === true &&
  messenger?.apps?.conversations?.autoStart?.enabled === true;

export const notAllowed = (host: string): GcAuthError =>
  new GcAuthError('domain-not-allowed', {
    message: `The deployment does not allow the domain ${host}.`,
  });

/** An entry stands for itself and its subdomains; scheme, port and case do not count. An empty list allows nobody. */
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
 * Looks for the reason of Messenger's silence, in the two public files it starts from: it says nothing itself when one
 * of them is missing. Undefined when they cannot be read or nothing is wrong with them.
 */
export async function examineDeployment(
  config: GenesysConfig,
  host: string,
  fetchFile: typeof fetch,
  signal: AbortSignal,
): Promise<GcAuthError | undefined> {
  try {
    const folder = `${config.configOrigin}/webdeployments/v1/deployments/${encodeURIComponent(config.deploymentId)}`;
    const [domains, deployment] = await Promise.all(
      ['domains', 'config'].map(async (file) => {
        const answer = await fetchFile(`${folder}/${file}.json`, { signal });
        return answer.status === 404 ? undefined : ((await answer.json()) as object);
      }),
    );
    if (domains && !allowsHost(domains, host)) return notAllowed(host);
    return domains && deployment ? deploymentFault(deployment) : unknownDeployment(config);
  } catch {
    return undefined;
  }
}
