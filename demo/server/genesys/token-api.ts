import type { IncomingMessage } from 'node:http';
import { decodeJwt } from 'jose';
import { readJsonObject } from '../http.js';
import type { Deployment, Deployments } from './deployments.js';
import { isOriginAllowed } from './domain-check.js';
import { PlatformError } from './error-body.js';
import { identify, readOauthRequest } from './exchange.js';
import { hashOfCode, type JournalEntry } from './journal.js';
import type { ProviderLink } from './provider-link.js';

/** A response of the API; `hang`: the request never gets one. */
export type ApiAnswer = { status: number; body?: unknown } | 'hang';

export interface ApiCall {
  request: IncomingMessage;
  deployments: Deployments;
  links: readonly ProviderLink[];
  /** Called with the deployment of the call once it is known. */
  onDeployment: (deployment: Deployment) => void;
}

/** `POST /api/v2/webdeployments/token/oauthcodegrantjwtexchange` */
export async function exchange({ request, deployments, links, onDeployment }: ApiCall): Promise<ApiAnswer> {
  const body = await readJsonObject(request);
  const deployment = deployments.find(body['deploymentId']);
  if (!deployment) throw new PlatformError(404, 'The deployment was not found.');
  onDeployment(deployment);
  const { journal, logins, seenCodes } = deployment;
  const { failExchange, hang, issueRefreshToken } = deployment.settings.server;
  journal.counters.exchanges++;
  const facts: Facts = {};
  return counted(deployment, 'exchange', facts, async () => {
    const oauth = readOauthRequest(body['oauth']);
    const seenBefore = oauth.code !== undefined && seenCodes.has(hashOfCode(oauth.code));
    if (oauth.code !== undefined) {
      facts.codeHash = hashOfCode(oauth.code);
      seenCodes.add(facts.codeHash);
    }
    if (seenBefore) journal.counters.codesSeenTwice++;
    if (hang) return 'hang';
    if (failExchange !== 0) throw new PlatformError(failExchange);
    checkOrigin(request, deployment);
    if (seenBefore || !deployment.settings.server.authEnabled) throw new PlatformError(401);
    const identity = await identify(oauth, links, deployment.settings.integration.issuer);
    const { person, accessTokenSeconds, providerRefreshes } = identity;
    const answer = await logins.begin(person, accessTokenSeconds, issueRefreshToken && providerRefreshes);
    return { status: 200, body: answer, sub: person.sub };
  });
}

/** `POST /api/v2/webdeployments/token/refresh`. The deployment is optional: Genesys' mobile client omits it. */
export async function refresh({ request, deployments, onDeployment }: ApiCall): Promise<ApiAnswer> {
  const { refreshToken, deploymentId } = await readJsonObject(request);
  if (typeof refreshToken !== 'string') throw new PlatformError(400, 'refreshToken is required.');
  const deployment =
    deploymentId === undefined || deploymentId === null
      ? deployments.all().find(({ logins }) => logins.owns(refreshToken))
      : deployments.find(deploymentId);
  if (!deployment) throw new PlatformError(401);
  onDeployment(deployment);
  const { failRefresh, hang } = deployment.settings.server;
  deployment.journal.counters.refreshes++;
  return counted(deployment, 'refresh', {}, async () => {
    if (hang) return 'hang';
    if (failRefresh !== 0) throw new PlatformError(failRefresh);
    checkOrigin(request, deployment);
    const refreshed = await deployment.logins.refresh(refreshToken);
    if (!refreshed) throw new PlatformError(401);
    return { status: 200, body: { jwt: refreshed.jwt }, sub: refreshed.person.sub };
  });
}

/** `DELETE /api/v2/webdeployments/token/revoke`: signs the person out on all devices. */
export async function revoke({ request, deployments, onDeployment }: ApiCall): Promise<ApiAnswer> {
  const jwt = bearerOf(request);
  const deployment = deployments.find(jwt === undefined ? undefined : claimedDeployment(jwt));
  if (!deployment) throw new PlatformError(401);
  onDeployment(deployment);
  const { failRevoke, hang } = deployment.settings.server;
  deployment.journal.counters.revokes++;
  return counted(deployment, 'revoke', {}, async () => {
    if (hang) return 'hang';
    if (failRevoke !== 0) throw new PlatformError(failRevoke);
    checkOrigin(request, deployment);
    const verified = await deployment.logins.verify(jwt);
    if ('refusal' in verified) throw new PlatformError(401);
    const { sub } = verified.person;
    deployment.signOut(sub);
    return { status: 200, sub };
  });
}

/** The token of `Authorization: bearer …`. The scheme is case-insensitive (RFC 9110 §11.1). */
export function bearerOf(request: IncomingMessage): string | undefined {
  return /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Details of a call for the journal, added while the call is handled. */
type Facts = Pick<JournalEntry, 'codeHash'>;

const refusedCounters = {
  exchange: 'exchangesRefused',
  refresh: 'refreshesRefused',
  revoke: 'revokesRefused',
} as const;

async function counted(
  { journal }: Deployment,
  kind: keyof typeof refusedCounters,
  facts: Facts,
  act: () => Promise<{ status: number; body?: unknown; sub: string } | 'hang'>,
): Promise<ApiAnswer> {
  try {
    const answer = await act();
    if (answer === 'hang') {
      journal.add({ kind, outcome: 'hang', ...facts });
      return 'hang';
    }
    const { sub, ...rest } = answer;
    journal.add({ kind, outcome: 'ok', status: rest.status, sub, ...facts });
    return rest;
  } catch (error) {
    journal.counters[refusedCounters[kind]]++;
    const status = error instanceof PlatformError ? error.status : 500;
    journal.add({ kind, outcome: 'refused', status, ...facts });
    throw error;
  }
}

function checkOrigin(request: IncomingMessage, deployment: Deployment): void {
  if (!isOriginAllowed(request.headers.origin, deployment.settings.server.allowedDomains)) throw new PlatformError(403);
}

function claimedDeployment(jwt: string): unknown {
  try {
    return decodeJwt(jwt)['deployment'];
  } catch {
    return undefined;
  }
}
