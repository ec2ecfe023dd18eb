import { expect } from '@open-wc/testing';
import { redact, redactText } from '../../src/core/redact.js';

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
