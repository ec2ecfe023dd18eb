import { expect } from '@open-wc/testing';
import { redactText } from '../../src/core/redact.js';
import { createSecretRegistry, rememberSecret } from '../../src/core/secrets.js';
import type { SecretRegistry } from '../../src/core/secrets.js';
import { shareSecrets } from '../../src/page/shared-secrets.js';

const slot = Symbol.for('gc-auth-messenger:secrets:1');
const windowOf = (value?: unknown): Window => (value === undefined ? {} : { [slot]: value }) as unknown as Window;
const inSlot = (win: Window): SecretRegistry => (win as unknown as Record<symbol, SecretRegistry>)[slot]!;

describe('shareSecrets()', () => {
  it('lets another copy of the bundle find what this one remembers, and shows no secret', () => {
    const win = windowOf();
    shareSecrets(win);
    shareSecrets(win);
    rememberSecret('remembered-here');
    expect(inSlot(win).find('remembered-here')).to.have.length(1);
    expect(Object.values(inSlot(win)).map((value) => typeof value)).to.eql(['number', 'function', 'function']);
    expect(Object.keys(win)).to.eql([]);
  });

  it('joins the registry of the copy that was first', () => {
    const first = createSecretRegistry();
    first.remember('remembered-there');
    shareSecrets(windowOf(first));
    expect(redactText('remembered-there')).to.equal('…');
  });

  for (const found of [1, 'text', {}, { version: 2 }, { version: 1 }, { version: 1, remember: 1, find: 1 }]) {
    it(`keeps to itself where it finds ${JSON.stringify(found)}`, () => {
      shareSecrets(windowOf(found));
      rememberSecret('kept-to-myself');
      expect(redactText('kept-to-myself')).to.equal('…');
    });
  }
});
