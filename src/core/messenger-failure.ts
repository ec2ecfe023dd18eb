import { defined } from './defined.js';
import type { MessengerFailure } from './messenger.js';
import { redactText } from './redact.js';

/** Members in which axios, `fetch` wrappers, socket frames and Genesys' error bodies nest the actual error. */
const nestedIn = ['response', 'data', 'error', 'body', 'cause'] as const;

const maxDepth = 4;

/** The first acceptable value of a member with one of the names; outer levels come first. */
function find<T>(value: unknown, names: readonly string[], accept: (found: unknown) => T | undefined): T | undefined {
  let level: unknown[] = [value];
  for (let depth = 0; depth < maxDepth && level.length; depth++) {
    const objects = level.filter((item) => typeof item === 'object' && item !== null) as Record<string, unknown>[];
    for (const object of objects) {
      for (const name of names) {
        const found = accept(object[name]);
        if (found !== undefined) return found;
      }
    }
    level = objects.flatMap((object) => nestedIn.map((name) => object[name]));
  }
  return undefined;
}

function httpStatus(value: unknown): number | undefined {
  const status = Number(typeof value === 'string' || typeof value === 'number' ? value : NaN);
  return Number.isInteger(status) && status >= 100 && status < 600 ? status : undefined;
}

/** What Messenger says by itself, without a request, when it has no JWT or no refresh token. */
const unauthorizedTexts =
  /unauthori[sz]ed|not (authenticated|authori[sz]ed|signed in|logged in)|token is not available/i;

/** True when a text says that nobody is signed in. */
const saysUnauthorized = (text: unknown): true | undefined =>
  (typeof text === 'string' && unauthorizedTexts.test(text.slice(0, 1_000))) || undefined;

/** Redacted text of at most 300 characters; undefined when there is none. */
function readText(value: unknown): string | undefined {
  // A cut before the redaction could cut a secret, so it is far behind the cut after it.
  const text = typeof value === 'string' ? redactText(value.slice(0, 10_000)).trim() : '';
  return text ? text.slice(0, 300) : undefined;
}

/**
 * Reads what Messenger rejected with or published as an error. Genesys does not document the shapes, so this looks for
 * known members. Never throws; returns `{}` when it finds none.
 */
export function readFailure(thrown: unknown): MessengerFailure {
  try {
    const status = find(thrown, ['status', 'statusCode', 'code'], httpStatus);
    const unauthorized =
      status === undefined
        ? (saysUnauthorized(thrown) ?? find(thrown, ['code', 'message', 'error'], saysUnauthorized))
        : undefined;
    const message = readText(thrown) ?? find(thrown, ['message', 'statusText', 'error'], readText);
    const contextId = find(thrown, ['contextId'], readText);
    return defined({ status, unauthorized, message, contextId });
  } catch {
    return {};
  }
}

/** Nobody is signed in, as Genesys or Messenger itself says. */
export const isUnauthorized = ({ status, unauthorized }: MessengerFailure): boolean =>
  status === 401 || unauthorized === true;

/**
 * `network`: no response arrived. `temporary`: Genesys answered that it cannot respond now. `refused`: Genesys said no.
 * Only `refused` may end a session.
 */
export type Verdict = 'network' | 'temporary' | 'refused';

/** Texts of browsers, axios and Node for a request without a response. */
const networkErrors = /network|failed to fetch|load failed|time[d-]?\s?out|econn|enotfound|offline|aborted/i;

/** Classifies a failed Messenger command. A failure without a status counts as `refused` while the device is online. */
export function classifyFailure({ status, message }: MessengerFailure, online: boolean): Verdict {
  if (status === undefined) return !online || networkErrors.test(message ?? '') ? 'network' : 'refused';
  return status >= 500 || [408, 425, 429].includes(status) ? 'temporary' : 'refused';
}
