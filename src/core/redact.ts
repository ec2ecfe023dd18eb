/** Names of members that hold secrets in OAuth, OpenID Connect and Messenger. */
const secretName = /token|jwt|nonce|verifier|secret|password|authorization|^(auth_?)?code$/i;

/** URL parameters, Bearer values, and character sequences that may be a token. Matches any text in linear time. */
const suspicious = /\b(code|\w*token|code_verifier|nonce)=[^&\s"']+|\bbearer\s+\S+|[\w.-]{20,}/gi;

const placeholder = '…';

/** For comparison: one page of conversation history has about 500 values in six levels. */
const limits = { characters: 8_192, depth: 8, values: 2_000 };

/** A JWT starts with `{"` in base64url. Other tokens have three or more long parts, separated by dots. */
const isToken = (match: string): boolean =>
  /^bearer\s|eyJ/i.test(match) || match.split('.').filter(({ length }) => length >= 16).length >= 3;

/** A text with its secrets replaced by `…`, cut to 8,192 characters. */
export const redactText = (text: string): string =>
  text
    .replace(suspicious, (match, parameter?: string) =>
      parameter ? `${parameter}=${placeholder}` : isToken(match) ? placeholder : match,
    )
    .slice(0, limits.characters);

/**
 * A deep copy without secrets, for logs and `messenger$`.
 *
 * It contains own enumerable properties, and the message of an error; at most 8 levels and 2,000 values. Never throws,
 * even when a getter or a proxy does.
 */
export function redact(value: unknown): unknown {
  let remaining = limits.values;

  function copy(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return redactText(value);
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (depth === limits.depth) return placeholder;
    if (Array.isArray(value)) return value.slice(0, remaining).map((_, index) => copyMember(value, index, depth));
    const keys = Object.keys(value).slice(0, remaining);
    if (value instanceof Error) keys.unshift('message');
    return Object.fromEntries(keys.map((key) => [redactText(key), copyMember(value, key, depth)]));
  }

  function copyMember(owner: object, key: string | number, depth: number): unknown {
    if (remaining-- <= 0) return placeholder;
    try {
      const value = (owner as Record<string | number, unknown>)[key];
      // A number is a status or a count, such as `{code: 401}`, and no secret.
      if (typeof key === 'string' && secretName.test(key) && typeof value !== 'number') return placeholder;
      return copy(value, depth + 1);
    } catch {
      return placeholder;
    }
  }

  return copyMember([value], 0, -1);
}
