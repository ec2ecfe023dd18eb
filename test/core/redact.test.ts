import { expect } from '@open-wc/testing';
import { redact, redactText } from '../../src/core/redact.js';
import { rememberSecret } from '../../src/core/secrets.js';

/** What must be bounded takes milliseconds. Without a bound it takes minutes, so a busy machine makes no difference. */
const boundMs = 15_000;

const secrets = [
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl',
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.',
  'AAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBB.CCCCCCCCCCCCCCCCCCCC',
  'eyJlbmMiOiJBMTI4R0NNIn0.a2V5.aXY.Y2lwaGVy.dGFn',
];

const names = [
  ...['jwt', 'refreshToken', 'refresh_token', 'token', 'accessToken', 'authCode', 'auth_code', 'code', 'idToken'],
  ...['id_token', 'codeVerifier', 'code_verifier', 'nonce', 'client_secret', 'Authorization', 'password'],
];

describe('redact()', () => {
  it('removes secrets, wherever they are', () => {
    const valuesWith = (secret: string): unknown[] => [
      secret,
      `Bearer ${secret}`,
      { text: `before ${secret}, after` },
      [[{ deep: { deeper: [secret] } }]],
      { [secret]: true },
      new Error(`refused: ${secret}`),
      Object.assign(new Error('refused'), { config: { headers: { 'X-Any': secret } } }),
      `https://shop.example/?state=s&id_token=${secret}#code=${secret}`,
      ...names.map((name) => ({ data: { [name]: secret } })),
    ];
    for (const secret of secrets) {
      for (const value of valuesWith(secret)) {
        const shown = JSON.stringify(redact(value));
        expect(shown).not.to.contain(secret.split('.')[1]);
      }
    }
  });

  it('hides members with the name of a secret, whatever their value', () => {
    for (const name of names) expect(redact({ [name]: 'x', kept: 'x' }), name).to.eql({ [name]: '…', kept: 'x' });
    expect(redact({ jwt: { nested: 'x' }, token: ['x'] })).to.eql({ jwt: '…', token: '…' });
    expect(redactText('https://shop.example/?code=abc&page=2')).to.equal('https://shop.example/?code=…&page=2');
    expect(redactText('authorization: bearer abc')).to.equal('authorization: …');
  });

  it('reads JSON and form bodies in a text', () => {
    const uuid = '0f7b4a3e-12d9-4a1c-8a64-5b1f3c2d7e90';
    const body = { deploymentId: 'd', oauth: { code: 'Splxl', codeVerifier: uuid, nonce: 'n-0S' }, tokens: [uuid] };
    const shown = { deploymentId: 'd', oauth: { code: '…', codeVerifier: '…', nonce: '…' }, tokens: '…' };
    expect(redact({ any: JSON.stringify(body) })).to.eql({ any: JSON.stringify(shown) });
    expect(redact(JSON.stringify({ body: JSON.stringify(body) }))).to.equal(
      JSON.stringify({ body: JSON.stringify(shown) }),
    );
    for (const text of [
      `400: {"error": "x", "refreshToken": "${uuid}"}`,
      `400: ${JSON.stringify(JSON.stringify({ id_token: uuid }))}`,
      `{"refreshToken": "${uuid}", cut`,
      `{"refresh_token": "${uuid}`,
      `{ refreshToken: '${uuid}', n: 1 }`,
      `?authCode=${uuid}&n=1`,
      `grant_type=code&code=${uuid}&codeVerifier=${uuid}&state=${uuid}`,
      `refresh_token=${uuid}`,
      `oauth[code]=${uuid}&token[value]=${uuid}`,
      `c%6Fde=${uuid}`,
      `body=${encodeURIComponent(`client_secret=${uuid}&access_token=${uuid}`)}`,
      `body=${encodeURIComponent(JSON.stringify({ password: uuid }))}`,
      `password: ${uuid}`,
      `refreshToken: ${uuid}`,
      `authorization: Basic ${btoa(`id:${uuid}`)}`,
      `sent with Basic ${btoa(`id:${uuid}`)}`,
      `nonce="${uuid}"`,
    ]) {
      expect(redactText(text), text).to.contain('…');
      expect(redactText(text), text).not.to.match(/0f7b4a3e|5b1f3c2d7e90|MGY3YjRhM/);
    }
  });

  it('keeps JSON without secrets as it was written, and ordinary sentences', () => {
    for (const text of [
      '{ "id": 12345678901234567890, "id": 1 }',
      'Invalid token: expired. Error code: invalid_grant, state: signed-in, basic authentication',
      'See https://shop.example/a?page=2&zip=codes#top, version 1.2.3; 100 % of R&D',
      JSON.stringify({ code: 401, text: 'C:\\new\\u' }),
    ]) {
      expect(redactText(text)).to.equal(text);
    }
  });

  it('leaves out what the request of an error was sent with', () => {
    const parts = { config: { any: 'x' }, request: { any: 'x' }, headers: { any: 'x' } };
    const response = { status: 401, data: { message: 'no' }, ...parts };
    expect(redact(Object.assign(new Error('refused'), parts, { response }))).to.eql({
      message: 'refused',
      response: { status: 401, data: { message: 'no' } },
    });
    expect(redact({ error: response })).to.eql({ error: { status: 401, data: { message: 'no' } } });
    expect(redact(parts)).to.eql(parts);
  });

  it('contains the cause of an error, and the entries of maps', () => {
    expect(redact(new Error('outer', { cause: new Error('inner') }))).to.eql({
      message: 'outer',
      cause: { message: 'inner' },
    });
    expect(
      redact(
        new Map<unknown, unknown>([
          ['token', 'x'],
          ['a', 1],
          [{ b: 1 }, 2],
        ]),
      ),
    ).to.eql({
      token: '…',
      a: 1,
      '{"b":1}': 2,
    });
    expect(redact(new Set([1, 'a']))).to.eql([1, 'a']);
    expect(redact(new Headers({ Cookie: 'x', 'Set-Cookie': 'x', Authorization: 'x', Accept: 'y' }))).to.include({
      authorization: '…',
      accept: 'y',
    });
    expect(redact(new URLSearchParams('code=x&a=1'))).to.eql({ code: '…', a: '1' });
  });

  it('is deeply frozen', () => {
    const copy = redact({ list: [{ a: 1 }] }) as { list: object[] };
    for (const part of [copy, copy.list, copy.list[0]]) expect(part).to.be.frozen;
  });

  it('finds a secret across the place where a text is cut', () => {
    rememberSecret('0123-4567-89ab-cdef-0123');
    for (const escaped of ['0123-4567-89ab-cdef-0123', '%30%31%32%33-4567-89ab-cdef-0123']) {
      for (let left = 1; left <= escaped.length; left++) {
        const text = redactText('y'.repeat(8_192 - left) + escaped + 'z'.repeat(9_000));
        expect(text).to.match(/^y+…z*$/);
      }
    }
  });

  it('finds a secret that is a number', () => {
    rememberSecret('4711081547110815');
    expect(redact({ any: 4711081547110815, big: 4711081547110815n, other: 4711 })).to.eql({
      any: '…',
      big: '…',
      other: 4711,
    });
  });

  it('takes bounded time, whatever it gets', () => {
    const text = 'x'.repeat(10_000_000);
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, index]));
    const endless = {
      get: () => undefined,
      entries: function* (): Iterable<unknown> {
        for (;;) yield ['key', text];
      },
      [Symbol.iterator]: () => [],
    };
    const values: Record<string, unknown> = {
      bytes: new Uint8Array(10_000_000),
      floats: { a: [new Float64Array(1_000_000), new DataView(new ArrayBuffer(10_000_000))] },
      text,
      'boxed text': new String(text),
      texts: Array.from({ length: 5_000 }, () => text),
      'a text of names': 'token=code='.repeat(1_000_000),
      'a text of labels': 'token:'.repeat(1_000_000),
      'a text of quotes': '"token":"\\'.repeat(1_000_000),
      'a text of words': 'a-b.c_d'.repeat(1_000_000),
      'a text of escapes': '%25'.repeat(3_000_000),
      'a text of backslashes': '\\'.repeat(5_000_000),
      'a text of brackets': '['.repeat(10_000_000),
      'deep JSON': `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
      'JSON in JSON': Array.from({ length: 9 }).reduce<string>((inner) => JSON.stringify([inner]), '"'),
      'a sparse list': new Array(4_000_000_000),
      'many members': many,
      'many objects with many members': Array.from({ length: 2_000 }, () => many),
      'endless entries': endless,
      map: new Map(Array.from({ length: 100_000 }, (_, index) => [index, text])),
    };
    for (let index = 0; index < 500; index++) rememberSecret(`bounded-${index}-secret`);
    for (const [title, value] of Object.entries(values)) {
      const before = performance.now();
      redact(value);
      expect(performance.now() - before, title).to.be.lessThan(boundMs);
    }
  });

  it('keeps everything else', () => {
    const messages = [{ id: 'm1', text: 'See www.shop.example, version 1.2.3.', direction: 'Outbound' }];
    const kept = { code: 401, status: 401, contextId: '0f1c', codes: ['a'], messages, none: null, on: true, big: 5n };
    expect(redact(kept)).to.eql(kept);
    expect(redact(new Error('refused'))).to.eql({ message: 'refused' });
    expect(redact(undefined)).to.equal(undefined);
  });

  it('returns a copy', () => {
    const data = { list: [1] };
    const copy = redact(data);
    data.list.push(2);
    expect(copy).to.eql({ list: [1] });
  });

  it('handles cycles, depth, size, and values that throw', () => {
    const cycle: Record<string, unknown> = { name: 'cycle' };
    cycle['self'] = cycle;
    cycle['list'] = [cycle, cycle, cycle];
    const throwing = {
      get bad(): never {
        throw new Error('getter');
      },
      good: 1,
    };
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('trap');
        },
      },
    );
    const functions = { run: () => 1, symbol: Symbol('s') };
    expect(JSON.stringify(redact(cycle)).length).to.be.lessThan(100_000);
    expect(redact(throwing)).to.eql({ bad: '…', good: 1 });
    expect(redact(proxy)).to.equal('…');
    expect(redact(functions)).to.eql({ run: undefined, symbol: undefined });
    expect(JSON.stringify(redact(Array.from({ length: 100_000 }, () => 'x'))).length).to.be.lessThan(10_000);
    expect((redact('y'.repeat(100_000)) as string).length).to.equal(8_192);
    expect(JSON.stringify(redact({ a: { a: { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } } } }))).to.contain('…');
  });

  it('does not modify a prototype', () => {
    const copy = redact(JSON.parse('{"__proto__":{"polluted":true}}')) as Record<string, unknown>;
    expect(copy['polluted']).to.equal(undefined);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });
});
