import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { NoAnswer } from '../../doctor/facts.js';

/** One answer, redirects included. */
export interface Received {
  readonly status: number;
  /** By name in lower case; several headers of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

/** Longest request with its answer, in milliseconds. */
const longestMs = 10_000;

/** What is read of an answer, in bytes. Nothing that matters comes later. */
const largestBody = 2_000_000;

/** Browsers take every name below `localhost` for this device (https://w3c.github.io/webappsec-secure-contexts/#localhost). */
const lookupAsBrowser: LookupFunction = (hostname, options, callback) =>
  lookup(hostname.replace(/^.*\.(?=localhost$)/i, ''), options, callback);

/** Sends one GET request. Never rejects, and ends within the deadline. An address that is not of the web has no answer. */
export async function request(url: string, headers: Readonly<Record<string, string>>): Promise<Received | NoAnswer> {
  const scheme = /^[^:]*/.exec(url)?.[0] ?? '';
  if (!/^https?$/i.test(scheme)) return { failed: 'unreachable', detail: `${scheme}: is neither http: nor https:` };
  try {
    return await send(url, headers);
  } catch (error) {
    return unreachable(error as Error);
  }
}

const unreachable = ({ code, message }: NodeJS.ErrnoException): NoAnswer => ({
  failed: 'unreachable',
  detail: code ?? message.slice(0, 80),
});

/** Node throws at once for a header that it cannot send. */
function send(url: string, headers: Readonly<Record<string, string>>): Promise<Received | NoAnswer> {
  return new Promise((resolve) => {
    const start = /^https:/i.test(url) ? requestHttps : requestHttp;
    const sent = start(url, {
      headers: { 'accept-encoding': 'identity', ...headers },
      agent: false,
      lookup: lookupAsBrowser,
    });
    const end = (result: Received | NoAnswer): void => {
      clearTimeout(timer);
      resolve(result);
      sent.destroy();
    };
    const timer = setTimeout(() => end({ failed: 'timeout' }), longestMs);
    sent.on('error', (error) => end(unreachable(error)));
    sent.on('response', (response) => void read(response).then(end, () => end({ failed: 'unreachable' })));
    sent.end();
  });
}

async function read(response: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    if ((size += chunk.length) > largestBody) break;
  }
  const { 'set-cookie': cookies = [], ...others } = response.headersDistinct;
  const headers = Object.entries(others).map(([name, values = []]) => [name, values.join(', ')] as const);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    cookies,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
