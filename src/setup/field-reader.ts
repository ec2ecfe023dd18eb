import { isLoopback } from '../core/script-url.js';
import { valueOf } from './field.js';
import type { Field, Values } from './field.js';

/** What is wrong with a value, in the words of the element's own errors. */
export interface Fault {
  readonly message: string;
  readonly hint: string;
  /** Nothing was filled in. */
  readonly missing: boolean;
}

/** As the element reads it: without invisible characters and outer spaces. */
export const cleaned = (text: string): string => text.replace(/[\p{Cf}\p{Cc}]/gu, '').trim();

const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i;

const hostname = /^(\[[\d:a-f]+\]|[a-z\d_-]+(\.[a-z\d_-]+)*\.?)$/;

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A URL, also without a scheme; undefined for what is none of http(s), has a user name, or a host that no server has. */
export function looseUrl(text: string): URL | undefined {
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/i.test(text);
  const address = hasScheme.test(text) ? text : `${local ? 'http' : 'https'}://${text}`;
  if (!URL.canParse(address) || text.includes('\\')) return undefined;
  const url = new URL(address);
  const isSecure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  return isSecure && !url.username && !url.password && hostname.test(url.hostname) ? url : undefined;
}

/** Reads the fields that only one provider has. A value that is missing or malformed is undefined, and its fault is kept. */
export class FieldReader {
  constructor(values: Values, fields: readonly Field[]) {
    this.#values = values;
    this.#fields = fields;
  }

  readonly faults = new Map<string, Fault>();
  readonly #values: Values;
  readonly #fields: readonly Field[];

  /** Text as it is; undefined when empty. */
  text(name: string): string | undefined {
    const field = this.#fields.find((each) => each.name === name);
    return (field && cleaned(valueOf(this.#values, field))) || undefined;
  }

  /** The origin of a host, also when a whole URL was pasted. */
  origin(name: string): string | undefined {
    return this.#read(name, 'a host such as login.example.com', (text) => looseUrl(text)?.origin);
  }

  /** An address with its path, without a slash at its end, query and fragment. `cut`: the path ends before that. */
  base(name: string, cut?: RegExp): string | undefined {
    return this.#read(name, 'an address such as https://login.example.com', (text) => {
      const url = looseUrl(text);
      if (!url) return undefined;
      const path = url.pathname.replace(/\/\.well-known\/.*/s, '');
      return url.origin + (cut ? path.replace(cut, '') : path).replace(/\/+$/, '');
    });
  }

  /** One part of a path, encoded. */
  segment(name: string): string | undefined {
    const wanted = 'a name without slashes and quotes';
    return this.#read(name, wanted, (text) => {
      const part = text.replace(/^\/+|\/+$/g, '');
      return part === '' || /[/\\?#<>"'`{}%:&=\uD800-\uDFFF]/u.test(part) || /^\.+$/.test(part)
        ? undefined
        : encodeURIComponent(part);
    });
  }

  /** The same, also as one part of a pasted URL: that which matches. */
  matching(name: string, pattern: RegExp, wanted: string): string | undefined {
    return this.#read(name, wanted, (text) => pattern.exec(text)?.[0]);
  }

  uuid(name: string): string | undefined {
    return this.#read(name, 'an ID such as 11111111-2222-3333-4444-555555555555', (text) =>
      uuid.test(text) ? text.toLowerCase() : undefined,
    );
  }

  #read(name: string, wanted: string, parse: (text: string) => string | undefined): string | undefined {
    const field = this.#fields.find((each) => each.name === name);
    const text = this.text(name);
    const value = text === undefined ? undefined : parse(text);
    if (field && value === undefined && (text !== undefined || field.optional !== true)) {
      const found = text === undefined ? 'nothing' : `“${text.slice(0, 80)}”`;
      this.faults.set(name, {
        message: `${field.label}: found ${found}, wanted ${wanted}.`,
        hint: field.hint,
        missing: text === undefined,
      });
    }
    return value;
  }
}
