import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserSwitches, ServerSwitches } from '../../../src/testing/switches.js';
import { allowEveryOrigin, HttpError, pathOf, send, sendJson } from '../http.js';
import { bootstrapScript, configFile, domainsFile } from './bootstrap-files.js';
import { createGenesysControl, type GenesysControl } from './control.js';
import { serveControl } from './control-routes.js';
import { Deployments, type Deployment } from './deployments.js';
import { errorBody, PlatformError } from './error-body.js';
import { listMessages } from './history-api.js';
import type { ProviderLink } from './provider-link.js';
import { createSockets, type Sockets } from './sockets.js';
import { exchange, refresh, revoke, type ApiAnswer, type ApiCall } from './token-api.js';

const deploymentFile = /^\/webdeployments\/v1\/deployments\/([^/]+)\/(domains|config)\.json$/;

/** https://developer.genesys.cloud/commdigital/digital/webmessaging/ */
const api: Readonly<Record<string, (call: ApiCall) => Promise<ApiAnswer>>> = {
  'POST /api/v2/webdeployments/token/oauthcodegrantjwtexchange': exchange,
  'POST /api/v2/webdeployments/token/refresh': refresh,
  'DELETE /api/v2/webdeployments/token/revoke': revoke,
  'GET /api/v2/webmessaging/messages': listMessages,
};

export interface GenesysServerOptions {
  origin: string;
  distDir: string;
  links: readonly ProviderLink[];
  server?: Partial<ServerSwitches>;
  browser?: Partial<BrowserSwitches>;
  onError?: (error: unknown) => void;
}

export interface GenesysServer {
  handler: RequestListener;
  sockets: Sockets;
  control: GenesysControl;
}

/** The parts of Genesys Cloud that Messenger uses: script, configuration, token API, messages API and WebSocket. */
export function createGenesysServer(options: GenesysServerOptions): GenesysServer {
  const { origin, distDir, links, onError } = options;
  const deployments = new Deployments(options.server, options.browser);
  const control = createGenesysControl(deployments);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (allowEveryOrigin(request, response)) return;
    const path = pathOf(request);
    if (path.startsWith('/control/')) return serveControl(request, response, control);
    if (path === '/genesys-bootstrap/genesys.min.js') {
      const script = await bootstrapScript(distDir);
      return send(response, 200, script, { 'Content-Type': 'text/javascript; charset=utf-8' });
    }
    return serveWithLatency(request, response, path);
  }

  async function serveWithLatency(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    let deployment: Deployment | undefined;
    const onDeployment = (found: Deployment): void => void (deployment = found);
    const answer = await answerOf(request, path, onDeployment).catch((error: unknown) => refusal(error, onError));
    if (answer === 'hang') return;
    const latencyMs = deployment?.settings.server.latencyMs ?? 0;
    if (latencyMs > 0) await delay(latencyMs, undefined, { ref: false });
    if (answer.body === undefined) send(response, answer.status);
    else sendJson(response, answer.status, answer.body);
  }

  async function answerOf(
    request: IncomingMessage,
    path: string,
    onDeployment: (deployment: Deployment) => void,
  ): Promise<ApiAnswer> {
    const [, id, file] = deploymentFile.exec(path) ?? [];
    const deployment = deployments.find(id);
    if (deployment && request.method === 'GET') {
      onDeployment(deployment);
      if (file === 'domains') return { status: 200, body: domainsFile(deployment) };
      if (!deployment.settings.server.configMissing) return { status: 200, body: configFile(deployment, origin) };
    }
    const call = api[`${request.method ?? ''} ${path}`];
    if (!call) throw new PlatformError(404);
    return call({ request, deployments, links, onDeployment });
  }

  return {
    handler: (request, response) => {
      serve(request, response).catch((error: unknown) => {
        const { status, body } = refusal(error, onError);
        sendJson(response, status, body);
      });
    },
    sockets: createSockets(deployments),
    control,
  };
}

function refusal(error: unknown, onError?: (error: unknown) => void): { status: number; body: unknown } {
  if (error instanceof PlatformError || error instanceof HttpError) {
    return { status: error.status, body: errorBody(error.status, error.message) };
  }
  onError?.(error);
  return { status: 500, body: errorBody(500) };
}
