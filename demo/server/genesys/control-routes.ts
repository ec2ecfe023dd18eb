import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError, pathOf, readJsonObject, sendJson } from '../http.js';
import type { DeploymentAction, GenesysControl, Inspection } from './control.js';

const route = /^\/control\/deployments\/([^/]+)(?:\/actions\/([^/]+))?$/;

/** The control API of deployments over HTTP, for the demo page and the stand-in in the browser. */
export async function serveControl(
  request: IncomingMessage,
  response: ServerResponse,
  control: GenesysControl,
): Promise<void> {
  const [, id, action] = route.exec(pathOf(request)) ?? [];
  if (id === undefined) throw new HttpError(404, 'Unknown path of the control API.');
  sendJson(response, 200, await answerOf(request, control, id, action));
}

async function answerOf(
  request: IncomingMessage,
  control: GenesysControl,
  id: string,
  action: string | undefined,
): Promise<Inspection> {
  if (request.method === 'POST' && action !== undefined) return control.act(id, action as DeploymentAction);
  if (request.method === 'GET' && action === undefined) return control.inspect(id);
  if (request.method === 'PATCH' && action === undefined) return control.set(id, await readJsonObject(request));
  throw new HttpError(405, 'GET and PATCH of a deployment, POST of an action.');
}
