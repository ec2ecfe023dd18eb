import type { Config, PageAddress, RawConfig } from '../core/config.js';
import { allEnvironments } from '../core/environments.js';
import { authorizationRequest } from './authorization-request.js';
import type { RequestSecrets } from './authorization-request.js';
import { isAnswer } from './facts.js';
import type { Facts, Fetched, PageFacts } from './facts.js';
import { callbackScriptOf } from './markup.js';
import type { ReadMarkup } from './markup.js';
import { readJsonObject } from './read-json.js';
import { readTag } from './read-tag.js';

/** How the browser would load it: data that the page reads, a document in a frame, a script. */
export type LoadedAs = 'data' | 'frame' | 'script';

/**
 * Fetches without ever rejecting, with a deadline. Undefined where this door cannot see such an answer. `stopAt`: a
 * redirect to this address is the answer.
 */
export type Look = (url: string, as: LoadedAs, stopAt?: string) => Promise<Fetched | undefined>;

/** What a door knows before it looks at other servers, and what it may do. */
export interface Door {
  readonly raw: RawConfig;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly address: PageAddress;
  readonly page?: PageFacts;
  readonly look: Look;
  /** Absent where the door cannot read markup: nothing is said about what only markup shows. */
  readonly readMarkup?: ReadMarkup;
  /** Present where the door sees the answer of the authorization endpoint. */
  readonly secrets?: RequestSecrets;
  /** Whether other regions may be asked for a deployment that the configured one does not have. */
  readonly searchRegions?: boolean;
  readonly sameSite?: (one: URL, other: URL) => boolean;
}

/** Looks at everything that a door can see, at the same time where one does not depend on the other. Never rejects. */
export async function gather(door: Door): Promise<Facts> {
  const { raw, address, page, attributes } = door;
  const tag = readTag(raw, address);
  const { config } = tag;
  const base: Facts = { ...(attributes && { attributes }), ...(page && { page }), ...tag };
  if (!config) return base;
  const isBroken = (...names: readonly string[]): boolean => names.some((name) => tag.broken.includes(name));
  const none = Promise.resolve({});
  const provider = config.oidc.authority !== '' && !isBroken('authority', 'metadataUrl');
  const parts: ReadonlyArray<Promise<Partial<Facts>>> = [
    isBroken('deploymentId', 'environment', 'scriptUrl') ? none : deploymentFacts(config, door),
    isBroken('environment', 'scriptUrl') ? none : scriptFacts(config, door),
    config.oidc.authority === '' || isBroken('redirectUri') ? none : callbackFacts(config, door),
    provider ? providerFacts(config, door, isBroken('clientId', 'redirectUri')) : none,
    isBroken('storageAccessUri') ? none : storageAccessFacts(config, door),
  ];
  // A part that fails leaves its facts out, and the others say what they know.
  const found = await Promise.all(parts.map((part) => part.catch(() => ({}))));
  return Object.assign({}, base, ...found) as Facts;
}

const deploymentUrl = (origin: string, id: string, file: string): string =>
  `${origin}/webdeployments/v1/deployments/${encodeURIComponent(id)}/${file}.json`;

async function deploymentFacts({ genesys }: Config, { look, searchRegions }: Door): Promise<Partial<Facts>> {
  const { configOrigin, deploymentId, environment } = genesys;
  const [domains, config] = await Promise.all(
    ['domains', 'config'].map((file) => look(deploymentUrl(configOrigin, deploymentId, file), 'data')),
  );
  const isMissing = isAnswer(config) && config.status === 404;
  // A stand-in has no regions.
  const search = searchRegions && isMissing && configOrigin.startsWith('https://api-cdn.');
  const others = search ? allEnvironments().filter(({ name }) => name !== environment) : [];
  const found = await Promise.all(
    others.map(async ({ name, domain }) => {
      const answer = await look(deploymentUrl(`https://api-cdn.${domain}`, deploymentId, 'domains'), 'data');
      return isAnswer(answer) && answer.status === 200 ? name : undefined;
    }),
  );
  const foundIn = found.find((name) => name !== undefined);
  return {
    deployment: { ...(domains && { domains }), ...(config && { config }), ...(foundIn !== undefined && { foundIn }) },
  };
}

async function scriptFacts({ genesys }: Config, { look }: Door): Promise<Partial<Facts>> {
  const script = await look(genesys.scriptUrl, 'script');
  return script ? { script } : {};
}

async function callbackFacts({ oidc }: Config, { look, address, readMarkup }: Door): Promise<Partial<Facts>> {
  const url = oidc.redirectUri;
  if (address.href.replace(/[?#].*/s, '') === new URL(url).href) return { callback: { isPage: true } };
  const answer = await look(url, 'frame');
  const markup = isAnswer(answer) ? readMarkup?.(answer.body, answer.url) : undefined;
  const scriptUrl = markup && callbackScriptOf(markup)?.url;
  const script = scriptUrl === undefined ? undefined : await look(scriptUrl, 'script');
  return {
    callback: {
      ...(answer && { answer }),
      ...(markup && { markup }),
      ...(scriptUrl !== undefined && { script: { url: scriptUrl, ...(script && { answer: script }) } }),
    },
  };
}

const isOfWeb = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

async function providerFacts({ oidc }: Config, door: Door, noRequest: boolean): Promise<Partial<Facts>> {
  const { look, secrets, sameSite, address } = door;
  const given = oidc.metadata;
  const whole = given?.['authorization_endpoint'] !== undefined;
  const discovery = whole
    ? undefined
    : await look(oidc.metadataUrl ?? `${oidc.authority.replace(/\/$/, '')}/.well-known/openid-configuration`, 'data');
  const document = isAnswer(discovery) ? readJsonObject(discovery.body) : undefined;
  const metadata = whole ? given : document && { ...document, ...given };
  const endpoint = metadata?.['authorization_endpoint'];
  // Nobody answers at another scheme, and that the document has one is a finding already.
  const there = typeof endpoint === 'string' && isOfWeb(endpoint) ? new URL(endpoint) : undefined;
  const request = there && secrets && !noRequest ? authorizationRequest(oidc, metadata!, secrets) : undefined;
  const authorize = request === undefined ? undefined : await look(request, 'frame', oidc.redirectUri);
  return {
    ...(discovery && { discovery }),
    ...(metadata && { metadata }),
    ...(authorize && { authorize, authorizeState: secrets!.state }),
    ...(there && sameSite && { sameSite: sameSite(new URL(address.href), there) }),
  };
}

async function storageAccessFacts({ storageAccessUri }: Config, { look }: Door): Promise<Partial<Facts>> {
  const answer = storageAccessUri === undefined ? undefined : await look(storageAccessUri, 'frame');
  return answer ? { storageAccess: answer } : {};
}
