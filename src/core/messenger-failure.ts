import { defined } from './defined.js';
import type { MessengerFailure } from './messenger.js';
import { redactText } from './redact.js';

/** Where axios, `fetch` wrappers, socket frames and Genesys' own error bodies keep the part that tells. */
const nests = ['response', 'data', 'error', 'body', 'cause'] as const;

const deepest = 4;

/** The first acceptable value under one of the names, outer levels first. */
function find<T>(value: unknown, names: readonly string[], accept: (found: unknown) => T | undefined): T | undefined {
  let level: unknown[] = [value];
  for (let depth = 0; depth < deepest && level.length; depth++) {
    const objects = level.filter((one) => typeof one === 'object' && one !== null) as Record<string, unknown>[];
    for (const object of objects) {
      for (const name of names) {
        const found = accept(object[name]);
        if (found !== undefined) return found;
      }
    }
    level = objects.flatMap((object) => nests.map((nest) => object[nest]));
  }
  return undefined;
}

function httpStatus(value: unknown): number | undefined {
  const status = Number(typeof value === 'string' || typeof value === 'number' ? value : NaN);
  return Number.isInteger(status) && status >= 100 && status < 600 ? status : undefined;
}

const sentence = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() ? redactText(value.trim()).slice(0, 300) : undefined;

/**
 * What Messenger rejected or published as an error, as far as it can be read; shapes are not documented.
 * Never throws; `{}` when nothing is found.
 */
export function readFailure(thrown: unknown): MessengerFailure {
  try {
    const status = find(thrown, ['status', 'statusCode', 'code'], httpStatus);
    const message = sentence(thrown) ?? find(thrown, ['message', 'statusText', 'error'], sentence);
    const contextId = find(thrown, ['contextId'], sentence);
    return defined({ status, message, contextId });
  } catch {
    return {};
  }
}

/**
 * `network`: nobody answered; nothing is known. `temporary`: the answer was "not now". `refused`: the answer was no,
 * and only this may end a session.
 */
export type Verdict = 'network' | 'temporary' | 'refused';

const networkWords = /network|failed to fetch|load failed|time[d-]?\s?out|econn|enotfound|offline|aborted/i;

export function classifyFailure({ status, message }: MessengerFailure, online: boolean): Verdict {
  if (status === undefined) return !online || networkWords.test(message ?? '') ? 'network' : 'refused';
  return status >= 500 || [408, 425, 429].includes(status) ? 'temporary' : 'refused';
}
