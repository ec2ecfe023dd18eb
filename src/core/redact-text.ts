import { decodedLevels } from './escapes.js';
import { findSecrets } from './secrets.js';
import type { Range } from './secrets.js';

export const placeholder = '…';

/** Longest redacted text, in characters. */
export const maxTextLength = 8_192;

/** What follows the cut is needed to recognise a secret across it, however it is escaped. */
const margin = 1_024;

const strong = '(?:token|jwt|nonce|verifier|secret|passw(?:or)?d|authorization|assertion|credential|api_?-?key)';
const weak = String.raw`\b(?:(?:auth|device|user)[_-]?)?(?:code|state)`;
const quoted = String.raw`(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)`;
const rest = String.raw`[\w.-]{0,40}`;
const index = String.raw`\]?(?:\[[\w.-]{0,40}\]){0,3}`;

/**
 * Values by the name before them, as in `code=…`, `token[value]=…`, `"code":"…"`, `refreshToken: …`; credentials of HTTP;
 * and character sequences that may be a token. Matches in linear time: every repetition is bounded, or consumed.
 */
const suspicious = new RegExp(
  [
    String.raw`(?<name>(?:${strong}${rest}|${weak})${index}\s{0,4}=\s{0,4})(?:${quoted}|[^&\s"']+)`,
    String.raw`(?<member>(?:${strong}${rest}|${weak})["']?\s{0,4}:\s{0,4})${quoted}`,
    String.raw`(?<header>authorization["']?\s{0,4}:\s{0,4})(?:[\w-]{1,20}\s{1,4})?\S+`,
    // A word in a sentence is no secret: "Invalid token: expired".
    String.raw`(?<label>${strong}${rest}["']?\s{0,4}:\s{0,4})(?=[^\s"',;&]{0,64}\d|[^\s"',;&]{16})[^\s"',;&]+`,
    String.raw`(?<scheme>)\b(?:bearer\s+\S+|basic\s+(?=\S{0,200}[\d=+/])[\w+/]{8,}=*)`,
    String.raw`[\w.-]{20,}`,
  ].join('|'),
  'gi',
);

/** A JWT starts with `{"` in base64url. Other tokens have three or more long parts, separated by dots. */
const isToken = (text: string): boolean =>
  text.includes('eyJ') || text.split('.').filter(({ length }) => length >= 16).length >= 3;

function* suspects(text: string): Iterable<Range> {
  for (const { 0: match, index, groups = {} } of text.matchAll(suspicious)) {
    const prefix = Object.values(groups).find((group) => group !== undefined);
    if (prefix === undefined && !isToken(match)) continue;
    const value = match.slice(prefix?.length ?? 0);
    // JSON stays JSON.
    const quote = value.length > 1 && /^["']/.test(value) && value.endsWith(value.charAt(0)) ? 1 : 0;
    const end = index + match.length;
    if (value.length > 2 * quote) yield [end - value.length + quote, end - quote];
  }
}

/** Everything that is secret in a text, in its order; ranges may overlap. */
function secretsIn(text: string): Range[] {
  const ranges: Range[] = [];
  for (const level of decodedLevels(text)) {
    for (const found of [findSecrets(level.text), suspects(level.text)]) {
      for (const [start, end] of found) ranges.push([level.start(start), level.end(end - 1)]);
    }
  }
  return ranges.sort(([one], [other]) => one - other);
}

/** The first 8,192 characters of a text with its secrets replaced by `…`, also where they are escaped. */
export function maskSecrets(text: string): string {
  const source = text.slice(0, maxTextLength + margin);
  let masked = '';
  let at = 0;
  for (const [start, end] of secretsIn(source)) {
    if (start >= maxTextLength) break;
    if (start >= at) masked += source.slice(at, start) + placeholder;
    at = Math.max(at, end);
  }
  return masked + source.slice(at, maxTextLength);
}
