import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { GcAuthError } from '../../src/core/errors.js';
import { readFailure } from '../../src/core/messenger-failure.js';
import { redact } from '../../src/core/redact.js';
import { rememberSecret } from '../../src/core/secrets.js';
import { createDebugLog } from '../../src/page/debug-log.js';
import { MessengerUnderTest } from '../support/messenger-under-test.js';

const alphabet = (characters: string, min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: min, maxLength: max });
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const secrets = fc.oneof(
  fc.uuid(),
  alphabet('0123456789abcdef', 32, 64),
  alphabet(base64url, 12, 128),
  alphabet('0123456789', 12, 16),
  // RFC 6749 §A.11: a code consists of any printable ASCII characters.
  alphabet(`${base64url} !"#$%&'()*+,./:;<=>?@[\\]^\`{|}~`, 20, 60).filter((text) => text.trim().length >= 12),
  alphabet('aéß漢😀%+&"\\ ', 20, 40).filter((text) => text.trim().length >= 12),
  fc.tuple(alphabet(base64url, 10, 60), alphabet(base64url, 20, 43)).map((parts) => `eyJ${parts.join('.eyJ')}.c2ln`),
);

/** Ways in which one text holds another. */
const wraps: ReadonlyArray<(text: string) => string> = [
  (text) => text,
  (text) => `before ${text}, after`,
  (text) => JSON.stringify({ oauth: { any: text, n: 1 } }),
  (text) => JSON.stringify({ [text]: [text] }),
  (text) => `400: ${JSON.stringify({ refreshToken: text })} at https://shop.example/?page=2`,
  (text) => `grant=x&value=${encodeURIComponent(text)}&last=1`,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => String(new URLSearchParams({ data: text, more: '1' })),
  (text) => [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  (text) =>
    JSON.stringify(text).replace(/[^ -~]|\//g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;'),
  (text) => `{"cut": "${JSON.stringify(text).slice(1)}`,
];

const axiosError = (text: string): Error =>
  Object.assign(new Error(`Request failed: ${text}`), {
    isAxiosError: true,
    config: { url: text, data: JSON.stringify({ code: text }), headers: { Authorization: `Bearer ${text}` } },
    request: { responseURL: text },
    response: {
      status: 401,
      data: { message: text, echo: [text] },
      config: { data: text },
      headers: { 'x-any': text },
    },
  });

/** Values that hold a text. */
const shapes: ReadonlyArray<(text: string) => unknown> = [
  (text) => text,
  (text) => ({ any: text }),
  (text) => ({ [text]: { [text]: true } }),
  (text) => [[{ deep: { deeper: [text] } }]],
  (text) => new Error(text),
  (text) => new TypeError('outer', { cause: new Error('inner', { cause: { any: text } }) }),
  (text) => new AggregateError([new Error(text)], text),
  (text) => new DOMException(text, 'AbortError'),
  (text) => ({ error: axiosError(text) }),
  axiosError,
  (text) =>
    new Map<unknown, unknown>([
      [text, { any: text }],
      [{ key: text }, 1],
    ]),
  (text) => new Set([text, [text]]),
  (text) => new Headers({ 'x-any': encodeURIComponent(text) }),
  (text) => new URLSearchParams({ [text]: text }),
  (text) => {
    const form = new FormData();
    form.append(text, text);
    return form;
  },
  (text) => new TextEncoder().encode(text),
  (text) => new String(text),
  (text) => ({ text: 'x'.repeat(8_192 - text.length / 2) + text }),
];

const planted = fc
  .tuple(secrets, fc.array(fc.constantFrom(...wraps), { maxLength: 3 }), fc.constantFrom(...shapes))
  .map(([secret, steps, shape]) => ({ secret, value: shape(steps.reduce((text, wrap) => wrap(text), secret)) }));

const entities: Record<string, string> = { amp: '&', lt: '<', quot: '"', '#39': "'" };

/** One level of escapes decoded, by code of its own. */
const decodedOnce = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+|\\u([\da-f]{4})|\\(["\\/])|&(amp|lt|quot|#39);/gi, (all, hex, char, name) => {
    if (all.startsWith('%')) {
      try {
        return decodeURIComponent(all);
      } catch {
        return all;
      }
    }
    return hex ? String.fromCharCode(parseInt(String(hex), 16)) : String(char ?? entities[String(name)]);
  });

const decodedLevels = (text: string): string[] => {
  const levels = [text];
  for (let depth = 0; depth < 10; depth++) levels.push(decodedOnce(levels.at(-1)!));
  return levels;
};

/** No part of a secret that is long enough to matter, however it is escaped. */
function expectNothingOf(secret: string, shown: string): void {
  const probes = [secret, decodedLevels(secret).at(-1)!].map((text) => text.trim().slice(0, 16));
  for (const level of decodedLevels(shown)) {
    for (const text of [level, level.replace(/\+/g, ' ')]) {
      for (const probe of probes) expect(text).not.to.contain(probe);
    }
  }
}

const chain = (error: Error): string[] => [
  String(error.message),
  String(error.stack),
  JSON.stringify(error, Object.getOwnPropertyNames(error)),
  ...(error.cause instanceof Error ? chain(error.cause) : [JSON.stringify(error.cause) ?? '']),
];

const check = (property: (secret: string, value: unknown) => void, numRuns = 400): void =>
  fc.assert(
    fc.property(planted, ({ secret, value }) => {
      rememberSecret(secret);
      property(secret, value);
    }),
    { numRuns },
  );

describe('a secret that is planted anywhere', () => {
  it('is not in what redact() returns', () =>
    check((secret, value) => expectNothingOf(secret, JSON.stringify(redact(value)) ?? ''), 1_500));

  it('is not in the failure that readFailure() reads', () =>
    check((secret, value) => expectNothingOf(secret, JSON.stringify(readFailure(value)))));

  it('is not in a GcAuthError, its JSON, its message, its hint, its trace, its stack and its causes', () =>
    check((secret, value) => {
      const text = String(readFailure(value).message ?? JSON.stringify(value));
      const trace = [{ rung: value, verdict: text, ms: 1 }] as never;
      const error = new GcAuthError('provider-error', { message: text, hint: text, trace, cause: value });
      expectNothingOf(secret, [JSON.stringify(error), String(error), error.hint, ...chain(error)].join('\n'));
    }));

  it('is not in the debug log', () => {
    const { debug } = console;
    const lines: unknown[] = [];
    console.debug = (...line: unknown[]) => void lines.push(...line);
    try {
      check((secret, value) => {
        lines.length = 0;
        createDebugLog(true)(String(value), value);
        expectNothingOf(secret, JSON.stringify(lines));
      });
    } finally {
      console.debug = debug;
    }
  });

  it('is not in a Messenger event, whatever else is in it', () => {
    const messenger = new MessengerUnderTest();
    const { facts } = messenger.up();
    check((secret, value) => {
      facts.length = 0;
      messenger.genesys.publish('Auth.error', value);
      messenger.genesys.publish('MessagingService.error', { error: value });
      expect(facts.filter(({ type }) => type === 'event')).to.have.length(2);
      expectNothingOf(secret, JSON.stringify(facts));
    }, 200);
  });
});

describe('a secret that Messenger tells in an event', () => {
  it('is in no other event, before it in the same one neither', () => {
    const messenger = new MessengerUnderTest();
    const { facts } = messenger.up();
    const names = [
      'jwt',
      'refreshToken',
      'refresh_token',
      'authCode',
      'codeVerifier',
      'id_token',
      'accessToken',
      'nonce',
    ];
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom(...names), fc.constantFrom(...wraps), (secret, name, wrap) => {
        facts.length = 0;
        messenger.genesys.publish('Auth.signedIn', { text: wrap(secret), nested: [{ [name]: secret }] });
        messenger.genesys.publish('Auth.error', { error: new Error(wrap(secret)) });
        expectNothingOf(secret, JSON.stringify(facts));
      }),
      { numRuns: 100 },
    );
  });
});
