import { expect } from '@open-wc/testing';
import { redact, redactText, rememberSecretsIn } from '../../src/core/redact.js';
import { createSecretRegistry, findSecrets, joinSecrets, rememberSecret } from '../../src/core/secrets.js';

/** What must be bounded takes milliseconds. Without a bound it takes minutes, so a busy machine makes no difference. */
const boundMs = 15_000;

const secret = (index: number): string => `secret-number-${index}-`;

describe('the registry of secrets', () => {
  it('finds every occurrence', () => {
    const registry = createSecretRegistry();
    registry.remember('0f7b4a3e');
    expect(registry.find('0f7b4a3e, 0f7b4a3e and 0f7b4a3')).to.eql([
      [0, 8],
      [10, 18],
    ]);
    expect(registry.find('')).to.eql([]);
  });

  it('finds a secret of which 16 characters or more are left', () => {
    const registry = createSecretRegistry();
    registry.remember('0f7b4a3e-12d9-4a1c-8a64-5b1f3c2d7e90');
    expect(registry.find('token 0f7b4a3e-12d9-4a')).to.eql([[6, 22]]);
    expect(registry.find('token 0f7b4a3e-12d9-4a… 0f7b4a3e-12d9-4')).to.eql([[6, 22]]);
  });

  it('finds a space that a form turned into a plus, and a plus that it turned into a space', () => {
    const registry = createSecretRegistry();
    for (const value of ['with a space', 'with+plus', '100%25 sure+']) registry.remember(value);
    for (const text of ['with+a+space', 'with plus', '100%+sure+']) expect(registry.find(text), text).to.have.length(1);
  });

  it('ignores what is too short, and what is no text', () => {
    const registry = createSecretRegistry();
    for (const value of ['1234567', '', '   a   b ', undefined, null, 12_345_678, { length: 8 }, []]) {
      registry.remember(value);
    }
    expect(registry.find('1234567 12345678 [object Object] a b undefined null')).to.eql([]);
  });

  it('keeps five hundred, the latest', () => {
    const registry = createSecretRegistry();
    for (let index = 0; index < 500; index++) registry.remember(secret(index));
    registry.remember(secret(0));
    registry.remember(secret(500));
    expect(registry.find(secret(0))).to.have.length(1);
    expect(registry.find(secret(1))).to.eql([]);
    expect(registry.find(secret(2))).to.have.length(1);
  });

  it('is joined with that of another copy of the bundle, which may fail', () => {
    const theirs = createSecretRegistry();
    theirs.remember('from-the-other-copy');
    joinSecrets(theirs);
    joinSecrets({
      version: 1,
      remember: () => {
        throw new Error('remember');
      },
      find: () => {
        throw new Error('find');
      },
    });
    rememberSecret('from-this-copy');
    expect(redactText('from-the-other-copy, from-this-copy')).to.equal('…, …');
    expect(theirs.find('from-this-copy')).to.have.length(1);
  });
});

describe('rememberSecretsIn()', () => {
  it('remembers members with the name of a secret, at any depth', () => {
    rememberSecretsIn({ tokens: [{ refreshToken: '5d9e7c1a-refresh' }], oauth: { codeVerifier: '5d9e7c1a-verifier' } });
    expect(redact(['5d9e7c1a-refresh', { '5d9e7c1a-verifier': 1 }])).to.eql(['…', { '…': 1 }]);
  });

  it('remembers those in JSON in a text, and in the request of an error', () => {
    const data = JSON.stringify({ refreshToken: '6b2e-refresh-token' });
    rememberSecretsIn({ error: Object.assign(new Error('x'), { config: { data } }) });
    expect(redactText('6b2e-refresh-token')).to.equal('…');
  });

  it('does not remember codes of errors, states and words', () => {
    rememberSecretsIn({ code: 'unauthorized', state: 'Connected', token: 'available', jwt: 'is not valid 1' });
    const text = 'unauthorized Connected available is not valid 1';
    expect(redactText(text)).to.equal(text);
  });

  it('does not fail with anything', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const throwing = {
      get jwt(): never {
        throw new Error('getter');
      },
    };
    for (const value of [undefined, null, 1, 'text', cycle, proxy, { proxy, nonce: '7a1c-after-proxy' }, throwing]) {
      rememberSecretsIn(value);
    }
    expect(findSecrets('7a1c-after-proxy')).not.to.eql([]);
  });

  it('takes bounded time for bytes and many members', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1]));
    const before = performance.now();
    rememberSecretsIn({ bytes: new Uint8Array(10_000_000), list: Array.from({ length: 1_000 }, () => many) });
    expect(performance.now() - before).to.be.lessThan(boundMs);
  });
});

describe('a secret', () => {
  it('is found without the spaces around it', () => {
    const registry = createSecretRegistry();
    registry.remember('  padded-secret \n');
    expect(registry.find('of padded-secret.')).to.eql([[3, 16]]);
  });

  it('is too short if it is only with the spaces around it, or with its escapes, long enough', () => {
    const registry = createSecretRegistry();
    for (const value of ['   short   ', '%41%42%43%44']) registry.remember(value);
    expect(registry.find('   short   , ABCD')).to.eql([]);
    expect(registry.find('%41%42%43%44')).to.have.length(1);
  });
});
