import type { IncomingMessage, ServerResponse } from 'node:http';

/** Enough for all API calls and forms here. */
const bodyLimitBytes = 64 * 1024;

/** A request fails with this status and message. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function pathOf(request: IncomingMessage): string {
  return urlOf(request).pathname;
}

/** With the host `localhost`: no server here depends on the request's host. */
export function urlOf(request: IncomingMessage): URL {
  try {
    return new URL(`http://localhost${request.url ?? '/'}`);
  } catch {
    throw new HttpError(400, 'The request line holds no valid path.');
  }
}

/** @throws {HttpError} 413 when the body is too large */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyLimitBytes) throw new HttpError(413, `The body is larger than ${String(bodyLimitBytes)} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads an empty body as `{}`. @throws {HttpError} 400 when the body is not a JSON object */
export async function readJsonObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const text = await readBody(request);
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpError(400, 'The body is not JSON.');
  }
  if (!isObject(value)) throw new HttpError(400, 'The body is not a JSON object.');
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function send(
  response: ServerResponse,
  status: number,
  body: string | Buffer = '',
  headers: Record<string, string> = {},
): void {
  if (response.writableEnded || response.destroyed) return;
  response.writeHead(status, { 'Cache-Control': 'no-store', ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? '' : body);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, JSON.stringify(value), { 'Content-Type': 'application/json; charset=utf-8' });
}

export function sendHtml(response: ServerResponse, status: number, html: string): void {
  send(response, status, html, { 'Content-Type': 'text/html; charset=utf-8' });
}

/**
 * Allows the response for every origin, and answers CORS preflights.
 *
 * @returns whether the request was a preflight, which is now answered
 */
export function allowEveryOrigin(request: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (request.method !== 'OPTIONS') return false;
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST, PATCH, DELETE');
  // The wildcard does not cover Authorization: https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
  response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '*');
  response.setHeader('Access-Control-Max-Age', '600');
  send(response, 204);
  return true;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
