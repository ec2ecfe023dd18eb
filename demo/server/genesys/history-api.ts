import { urlOf } from '../http.js';
import type { Deployment } from './deployments.js';
import { PlatformError } from './error-body.js';
import { bearerOf, type ApiAnswer, type ApiCall } from './token-api.js';

const defaultPageSize = 25;
const largestPageSize = 100;

/** `GET /api/v2/webmessaging/messages?pageNumber&pageSize`, newest first, with a JWT of the socket's action `getJwt`. */
export async function listMessages({ request, deployments, onDeployment }: ApiCall): Promise<ApiAnswer> {
  const jwt = bearerOf(request);
  if (jwt === undefined) throw new PlatformError(401);
  for (const deployment of deployments.all()) {
    const conversationId = await deployment.historyTokens.conversationOf(jwt);
    if (conversationId === undefined) continue;
    onDeployment(deployment);
    return { status: 200, body: pageOf(deployment, conversationId, urlOf(request).searchParams) };
  }
  throw new PlatformError(401);
}

function pageOf(deployment: Deployment, conversationId: string, parameters: URLSearchParams): unknown {
  const conversation = deployment.conversations.byId(conversationId);
  if (!conversation) throw new PlatformError(404, 'The conversation was not found.');
  if (deployment.settings.rateLimits && !conversation.historyRate.take()) throw new PlatformError(429);
  const pageNumber = wholeNumber(parameters.get('pageNumber'), 1);
  const pageSize = Math.min(wholeNumber(parameters.get('pageSize'), defaultPageSize), largestPageSize);
  const total = conversation.messages.length;
  const start = (pageNumber - 1) * pageSize;
  return {
    entities: conversation.messages.toReversed().slice(start, start + pageSize),
    pageSize,
    pageNumber,
    total,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
  };
}

function wholeNumber(text: string | null, otherwise: number): number {
  if (text === null) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new PlatformError(400, 'pageNumber and pageSize count from 1.');
  return value;
}
