import { maskSecrets, maxTextLength, placeholder } from './redact-text.js';
import { rememberSecret } from './secrets.js';

/** Names of members that hold secrets in OAuth, OpenID Connect, HTTP and Messenger. */
const secretName =
  /token|jwt|nonce|verifier|secret|passw(or)?d|authorization|cookie|assertion|credential|api_?-?key|^((auth|device|user)[_-]?)?code$|^(session[_-]?)?state$/i;

/** Names of members that hold a secret and nothing else: `code` may be an error code as well, and `state` a word. */
const alwaysSecret = /^(jwt|nonce|(access|refresh|id|guest)?_?token|auth_?code|(code_?)?verifier|client_?secret)$/i;

/** Words and sentences, as in `{token: 'expired'}`, occur in other texts as well. */
const words = /^[a-z]+$|\s/i;

/** What a request was sent with. A request for tokens holds the code and its verifier there, under any name. */
const requestParts = new Set(['config', 'request', 'headers']);

/** Members that an error or a response has, such as those of axios. */
const errorParts = ['isAxiosError', 'message', 'response', 'status', 'statusCode', 'statusText'];

/** For comparison: one page of conversation history has about 500 values in six levels. */
const limits = { depth: 8, values: 2_000, characters: 262_144, json: 65_536 };

/** An object with more members than this uses up the limit of values the faster, because they cannot be read in part. */
const membersPerValue = 100;

interface Dictionary {
  get: unknown;
  entries(): Iterable<readonly [unknown, unknown]>;
}

/** `Map`, `Set`, `Headers`, `URLSearchParams`, `FormData`: their content is in no property. */
const hasEntries = (value: object): value is Dictionary =>
  Symbol.iterator in value && typeof (value as Partial<Dictionary>).entries === 'function';

/**
 * A deep, frozen copy without secrets, for logs, errors and `messenger$`: without those that `rememberSecret()` knows,
 * wherever they occur and however they are escaped, and without what is one by its name or its form.
 *
 * It contains own enumerable properties, the message and cause of an error, and the entries of a map; at most 8 levels,
 * 2,000 values, and texts of 8,192 characters. Texts that are JSON are redacted like objects. Of errors and responses,
 * `config`, `request` and `headers` are left out. Never throws, even when a getter or a proxy does.
 */
export const redact = (value: unknown): unknown => copyWithout(value, false);

/** A text without secrets, cut to 8,192 characters. */
export const redactText = (text: string): string => redact(text) as string;

/** Remembers the secrets in what Messenger published or answered with, by the names of their members. Never throws. */
export const rememberSecretsIn = (value: unknown): void => void copyWithout(value, true);

function copyWithout(value: unknown, remember: boolean): unknown {
  let values = limits.values;
  let characters = limits.characters;

  function copyText(text: string, depth: number): string {
    if (characters <= 0) return placeholder;
    characters -= Math.min(text.length, maxTextLength);
    const redacted = redactJson(text, depth);
    return remember ? '' : maskSecrets(redacted);
  }

  /** A text that is no JSON, or whose JSON has no secret, stays as it was written. */
  function redactJson(text: string, depth: number): string {
    if (text.length > limits.json || depth >= limits.depth || !/^\s*[[{"]/.test(text)) return text;
    try {
      const parsed: unknown = JSON.parse(text);
      const redacted = JSON.stringify(copy(parsed, depth + 1));
      return redacted === JSON.stringify(parsed) ? text : redacted;
    } catch {
      return text;
    }
  }

  function copy(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return copyText(value, depth);
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value === 'number' || typeof value === 'bigint') {
      const text = String(value);
      return remember || maskSecrets(text) === text ? value : placeholder;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= limits.depth || ArrayBuffer.isView(value)) return placeholder;
    if (value instanceof String) return copyText(String.prototype.valueOf.call(value), depth);
    return Object.freeze(Array.isArray(value) ? copyList(value, depth) : copyObject(value, depth));
  }

  function copyList(list: readonly unknown[], depth: number): unknown[] {
    const copies: unknown[] = [];
    for (let index = 0; index < list.length && values > 0; index++) {
      copies.push(copyMember(depth, undefined, () => list[index]));
    }
    return copies;
  }

  function copyObject(value: object, depth: number): unknown {
    const isError = value instanceof Error;
    if (!isError && hasEntries(value)) return copyEntries(value, depth);
    const keys = Object.keys(value);
    values -= Math.floor(keys.length / membersPerValue);
    if (isError) keys.unshift('message', ...['cause', 'errors'].filter((key) => key in value));
    // In a request there may be secrets to remember.
    const dropped = !remember && (isError || errorParts.some((part) => keys.includes(part))) ? requestParts : undefined;
    const members: Array<[string, unknown]> = [];
    for (const key of keys) {
      if (values <= 0) break;
      if (dropped?.has(key)) continue;
      const get = (): unknown => (value as Record<string, unknown>)[key];
      members.push([copyText(key, limits.depth), copyMember(depth, key, get)]);
    }
    return Object.fromEntries(members);
  }

  function copyEntries(value: Dictionary, depth: number): unknown {
    const isDictionary = typeof value.get === 'function';
    const members: Array<[string, unknown]> = [];
    for (const [key, member] of value.entries()) {
      if (values <= 0) break;
      const name = isDictionary && typeof key === 'string' ? key : undefined;
      const shown = name ?? (isDictionary ? JSON.stringify(copyMember(depth, undefined, () => key)) : '');
      members.push([copyText(shown ?? '', limits.depth), copyMember(depth, name, () => member)]);
    }
    return isDictionary ? Object.fromEntries(members) : members.map(([, member]) => member);
  }

  function copyMember(depth: number, key: string | undefined, get: () => unknown): unknown {
    if (values-- <= 0) return placeholder;
    try {
      const value = get();
      // A number is a status or a count, such as `{code: 401}`, and no secret.
      const secret = key !== undefined && secretName.test(key) && typeof value !== 'number';
      if (!secret) return copy(value, depth + 1);
      if (remember && alwaysSecret.test(key) && !words.test(String(value))) rememberSecret(value);
      return remember ? copy(value, depth + 1) : placeholder;
    } catch {
      return placeholder;
    }
  }

  return copyMember(-1, undefined, () => value);
}
