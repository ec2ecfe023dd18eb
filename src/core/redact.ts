/** Names under which OAuth, OpenID Connect and Messenger carry what may never be shown. */
const secretName = /token|jwt|nonce|verifier|secret|password|authorization|^(auth_?)?code$/i;

/** Parameters of an address, Bearer values, and runs of characters that may be a token. Takes linear time on any text. */
const suspicious = /\b(code|\w*token|code_verifier|nonce)=[^&\s"']+|\bbearer\s+\S+|[\w.-]{20,}/gi;

const hidden = '…';

/** A page of history holds about 500 values, six levels deep. */
const limits = { characters: 8_192, depth: 8, values: 2_000 };

/** A JWT begins with `{"` in base64url; other tokens of three parts and more are known by the length of these. */
const isToken = (run: string): boolean =>
  /^bearer\s|eyJ/i.test(run) || run.split('.').filter(({ length }) => length >= 16).length >= 3;

/** The text without the secrets in it, at most 8,192 characters. */
export const redactText = (text: string): string =>
  text
    .replace(suspicious, (run, parameter?: string) =>
      parameter ? `${parameter}=${hidden}` : isToken(run) ? hidden : run,
    )
    .slice(0, limits.characters);

/**
 * A deep copy without secrets, for logs and `messenger$`: own enumerable properties, of errors the message;
 * at most 8 levels and 2,000 values. Never throws, whatever a value does when it is read.
 */
export function redact(value: unknown): unknown {
  let left = limits.values;

  function copy(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return redactText(value);
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (depth === limits.depth) return hidden;
    if (Array.isArray(value)) return value.slice(0, left).map((_, index) => part(value, index, depth));
    const keys = Object.keys(value).slice(0, left);
    if (value instanceof Error) keys.unshift('message');
    return Object.fromEntries(keys.map((key) => [redactText(key), part(value, key, depth)]));
  }

  function part(holder: object, key: string | number, depth: number): unknown {
    if (left-- <= 0) return hidden;
    try {
      const value = (holder as Record<string | number, unknown>)[key];
      // A number is a status or a count: `{code: 401}` helps whoever reads it.
      if (typeof key === 'string' && secretName.test(key) && typeof value !== 'number') return hidden;
      return copy(value, depth + 1);
    } catch {
      return hidden;
    }
  }

  return part([value], 0, -1);
}
