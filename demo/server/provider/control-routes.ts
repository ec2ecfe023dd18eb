import type { IncomingMessage, ServerResponse } from 'node:http';
import { allowEveryOrigin, HttpError, pathOf, readJsonObject, sendJson } from '../http.js';
import type { ProviderControl } from './control.js';

/** The control API of a provider over HTTP, for the demo page: `/control/log`, `/control/sign-out`, `/control/switches`. */
export async function serveControl(
  request: IncomingMessage,
  response: ServerResponse,
  control: ProviderControl,
): Promise<void> {
  if (allowEveryOrigin(request, response)) return;
  sendJson(response, 200, await answerOf(request, control));
}

async function answerOf(request: IncomingMessage, control: ProviderControl): Promise<unknown> {
  switch (`${request.method ?? ''} ${pathOf(request)}`) {
    case 'GET /control/log':
      return control.log();
    case 'DELETE /control/log':
      control.clearLog();
      return [];
    case 'POST /control/sign-out': {
      const { account } = await readJsonObject(request);
      if (account !== undefined && typeof account !== 'string') throw new HttpError(400, '"account" is not text.');
      return { ended: control.signOut(account) };
    }
    case 'GET /control/switches':
      return control.switches();
    case 'PATCH /control/switches':
      return control.set(await readJsonObject(request));
    default:
      throw new HttpError(404, 'Unknown path of the control API.');
  }
}
