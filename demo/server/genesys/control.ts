import type { BrowserSwitches, ServerSwitches } from '../../../src/testing/switches.js';
import { browserDefaults, serverDefaults } from '../../../src/testing/switches.js';
import { HttpError, isObject } from '../http.js';
import { checkedPatch, listOfTextOrNull, oneOf } from '../switch-checks.js';
import type { Deployment, Deployments } from './deployments.js';
import type { Counters, JournalEntry } from './journal.js';
import type { IntegrationIssuer } from './provider-link.js';

export const deploymentActions = [
  'expire-jwts',
  'revoke-refresh-tokens',
  'cut-sockets',
  'logout-event',
  'reset',
] as const;
export type DeploymentAction = (typeof deploymentActions)[number];

export interface DeploymentPatch {
  server?: Partial<ServerSwitches>;
  browser?: Partial<BrowserSwitches>;
  /** The provider that the deployment's integration accepts. */
  integration?: { issuer: IntegrationIssuer };
  /** `false`: the rate limits of WebSocket and messages API are off. Default: `true`. */
  rateLimits?: boolean;
}

export interface Inspection {
  switches: ServerSwitches;
  browserSwitches: BrowserSwitches;
  integration: { issuer: IntegrationIssuer };
  rateLimits: boolean;
  counters: Counters & {
    /** Open sockets. */
    sockets: number;
  };
  /** Oldest first. */
  log: JournalEntry[];
}

export interface GenesysControl {
  /** Changes a deployment; creates it if the ID is new. @throws {HttpError} 400 for an invalid patch */
  set(id: string, patch: DeploymentPatch): Inspection;
  /** @throws {HttpError} 404 */
  inspect(id: string): Inspection;
  /** @throws {HttpError} 404 for an unknown deployment, 400 for an unknown action */
  act(id: string, action: DeploymentAction): Inspection;
}

const statuses = oneOf(0, 401, 403, 429, 500, 503);
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function createGenesysControl(deployments: Deployments): GenesysControl {
  const known = (id: string): Deployment => {
    const deployment = deployments.find(id);
    if (!deployment) throw new HttpError(404, `There is no deployment ${id}.`);
    return deployment;
  };
  return {
    set: (id, patch) => {
      if (!uuid.test(id)) throw new HttpError(400, 'The ID of a deployment is a UUID.');
      const checked = checkedDeploymentPatch(patch);
      const deployment = deployments.findOrCreate(id);
      const { server, browser } = deployment.settings;
      deployment.change({
        ...checked,
        server: { ...server, ...checked.server },
        browser: { ...browser, ...checked.browser },
      });
      return inspect(deployment);
    },
    inspect: (id) => inspect(known(id)),
    act: (id, action) => {
      const deployment = known(id);
      act(deployment, action);
      deployment.journal.add({ kind: 'control', outcome: action });
      return inspect(deployment);
    },
  };
}

function act(deployment: Deployment, action: DeploymentAction): void {
  switch (action) {
    case 'expire-jwts':
      return deployment.logins.expireJwts();
    case 'revoke-refresh-tokens':
      return deployment.logins.revokeRefreshTokens();
    case 'cut-sockets':
      return deployment.cutConnections();
    case 'logout-event':
      return deployment.signOut();
    case 'reset':
      return deployment.reset();
    default:
      throw new HttpError(400, `There is no action "${String(action)}". There are: ${deploymentActions.join(', ')}.`);
  }
}

function inspect({ settings, journal, connections }: Deployment): Inspection {
  return structuredClone({
    switches: settings.server,
    browserSwitches: settings.browser,
    integration: settings.integration,
    rateLimits: settings.rateLimits,
    counters: { ...journal.counters, sockets: connections.size },
    log: journal.entries(),
  });
}

function checkedDeploymentPatch(patch: unknown): Partial<DeploymentPatch> {
  const shape: Record<keyof DeploymentPatch, unknown> = { server: {}, browser: {}, integration: {}, rateLimits: true };
  const { server, browser, integration, rateLimits } = checkedPatch<DeploymentPatch>(
    patch,
    shape as Required<DeploymentPatch>,
    {
      integration: {
        fits: (value) => isObject(value) && sites.fits(value['issuer']),
        wanted: `issuer: ${sites.wanted}`,
      },
    },
  );
  return {
    ...(server !== undefined && { server: checkedServerPatch(server) }),
    ...(browser !== undefined && { browser: checkedBrowserPatch(browser) }),
    ...(integration !== undefined && { integration: { issuer: integration.issuer } }),
    ...(rateLimits !== undefined && { rateLimits }),
  };
}

const sites = oneOf('same-site', 'cross-site', 'any');

function checkedServerPatch(patch: unknown): Partial<ServerSwitches> {
  return checkedPatch<ServerSwitches>(patch, serverDefaults, {
    configureRefusal: oneOf(401, 403),
    failExchange: statuses,
    failRefresh: statuses,
    failRevoke: statuses,
    allowedDomains: listOfTextOrNull,
    status: oneOf('Active', 'Inactive'),
    alignment: oneOf('Auto', 'Left', 'Right'),
    launcherVisibility: oneOf('On', 'Off', 'OnDemand'),
    launcherDisplay: oneOf('Icon', 'Text', 'IconAndText'),
  });
}

function checkedBrowserPatch(patch: unknown): Partial<BrowserSwitches> {
  return checkedPatch<BrowserSwitches>(patch, browserDefaults, {
    reAuthenticateResolve: oneOf('honoured', 'ignored-once', 'ignored-until-nudged', 'ignored'),
    firstAuthCode: oneOf('at-load', 'at-open', 'never'),
    takenName: oneOf('silent', 'callback'),
  });
}
