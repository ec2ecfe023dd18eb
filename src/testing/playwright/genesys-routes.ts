import { allEnvironments, domainsOf } from '../../core/environments.js';
import { apiOrigin, appsOrigin, configOrigin, socketOrigin } from '../../core/genesys-hosts.js';
import type { MemoryGenesys } from '../memory/memory-genesys.js';
import type { RouteLike, SocketRouteLike } from './driver.js';
import type { KitSettings } from './options.js';
import type { KitRequest } from './requests.js';

const domains = allEnvironments().flatMap(domainsOf);

/** Requests by the end of their path. */
const names: Readonly<Record<string, KitRequest['name']>> = {
  'domains.json': 'domains',
  'config.json': 'config',
  oauthcodegrantjwtexchange: 'exchange',
  refresh: 'refresh',
  revoke: 'revoke',
  messages: 'messages',
};

type Answer = Parameters<RouteLike['fulfill']>[0] & { status: number };

/** The script, API and WebSocket of Genesys Cloud, for each of its environments and for an own `script-url`. */
export class GenesysRoutes {
  readonly #settings: KitSettings;
  readonly #genesys: MemoryGenesys;
  readonly #note: (request: KitRequest) => void;
  readonly #sockets = new Set<SocketRouteLike>();

  constructor(settings: KitSettings, genesys: MemoryGenesys, note: (request: KitRequest) => void) {
    this.#settings = settings;
    this.#genesys = genesys;
    this.#note = note;
  }

  /** Of an own `script-url`, only the addresses of Genesys: the page may be on the same origin. */
  answers({ origin, pathname }: URL): boolean {
    if (origin === this.#settings.scriptOrigin) {
      return pathname === this.#settings.scriptPath || /^\/(webdeployments\/v1|api\/v2\/web\w+)\//.test(pathname);
    }
    return domains.some((domain) => [appsOrigin, configOrigin, apiOrigin].some((host) => host(domain) === origin));
  }

  answersSocket({ origin, protocol, host, pathname }: URL): boolean {
    const own = this.#settings.scriptOrigin?.replace(/^http/, 'ws');
    // Older versions of Node.js have no origin for these schemes.
    const address = origin === 'null' ? `${protocol}//${host}` : origin;
    return pathname === '/v1' && [own, ...domains.map(socketOrigin)].includes(address);
  }

  async answer(url: URL, { method, body, authorization }: GenesysRequest): Promise<Answer> {
    if (url.pathname === this.#settings.scriptPath) {
      this.#note({ to: 'genesys', name: 'script', status: 200 });
      return { status: 200, headers: { 'content-type': 'text/javascript' }, path: standInPath() };
    }
    const name = names[url.pathname.split('/').at(-1) ?? ''];
    if (name === undefined) return { status: 404, body: 'Not found' };
    const problem = this.#wrongDeployment(name, url, body);
    if (problem !== undefined) {
      this.#note({ to: 'genesys', name, status: 404, problem });
      return {
        status: 404,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message: problem, status: 404 }),
      };
    }
    const response = await this.#genesys.fetch(url.href, {
      method,
      headers: authorization === undefined ? {} : { authorization },
      ...(body !== null && { body }),
    });
    const data = (await response.json()) as object;
    this.#note({ to: 'genesys', name, status: response.status });
    const answer = name === 'config' ? { ...data, ...this.#hosts(url) } : data;
    return {
      status: response.status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    };
  }

  connect(route: SocketRouteLike): void {
    this.#note({ to: 'genesys', name: 'socket', status: 101 });
    const socket = this.#genesys.openSocket();
    this.#sockets.add(route);
    socket.addEventListener('message', (event) => route.send(String((event as MessageEvent).data)));
    route.onMessage((message) => {
      if (typeof message === 'string') socket.send(message);
    });
    route.onClose(() => {
      this.#sockets.delete(route);
      socket.close();
    });
  }

  /** Messenger opens another one. */
  async closeSockets(): Promise<void> {
    const open = [...this.#sockets];
    this.#sockets.clear();
    await Promise.all(open.map((socket) => socket.close({ code: 4000, reason: 'Closed by the test' })));
  }

  /** Where the file says that API and socket are. */
  #hosts({ origin }: URL): object {
    const domain = domains.find((one) => configOrigin(one) === origin || appsOrigin(one) === origin);
    if (domain === undefined) return {};
    return {
      apiEndpoint: apiOrigin(domain),
      messenger: { enabled: true, apps: { conversations: { messagingEndpoint: socketOrigin(domain) } } },
    };
  }

  #wrongDeployment(name: KitRequest['name'], { pathname }: URL, body: string | null): string | undefined {
    const { deploymentId } = this.#settings;
    const inPath =
      name === 'config' || name === 'domains' ? decodeURIComponent(pathname.split('/').at(-2) ?? '') : undefined;
    const inBody =
      name === 'exchange' && body !== null ? (JSON.parse(body) as { deploymentId?: string }).deploymentId : undefined;
    const asked = inPath ?? inBody ?? deploymentId;
    return asked === deploymentId ? undefined : `The deployment is ${asked}, the kit has ${deploymentId}.`;
  }
}

export interface GenesysRequest {
  readonly method: string;
  readonly body: string | null;
  readonly authorization: string | undefined;
}

/** Playwright takes a path of the file system. On Windows, that of a URL has a slash before the drive. */
function standInPath(): string {
  const { pathname } = new URL('../genesys-stand-in.js', import.meta.url);
  return decodeURIComponent(pathname).replace(/^\/([a-z]:)/i, '$1');
}
