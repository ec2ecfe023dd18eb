import { expect } from '@open-wc/testing';
import type { Config } from '../../src/core/config.js';
import { snapshot } from '../../src/core/snapshot.js';
import { readStorageAccessMessage } from '../../src/core/storage-access-message.js';
import { configOf } from '../support/fixtures.js';
import { firstJwt } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

/** A page where frames are known not to work, with a page of the provider that may help. */
function withoutFrames(changes: Partial<Config> = {}): Rules {
  const rules = new Rules(configOf({ storageAccessUri: 'https://login.example.com/storage-access', ...changes }));
  rules.framesUnusable = true;
  return rules;
}

const asks = 'interaction-required login-required';

const untilPrompt: readonly Row[] = [
  [0, inputs.start, 'loading script', ['connect']],
  [0, inputs.loaded, 'loading auth', ['ready']],
  [0, inputs.authReady(false), 'loading first-call', []],
  [600, inputs.pluginCalled(1), asks, ['prepare']],
];

const granted = { type: 'storage-access', granted: true } as const;
const denied = { type: 'storage-access', granted: false } as const;

/** The prompt shows the page of the provider. */
const isOffered = ({ model }: Rules): boolean => snapshot(model).prompt?.storageAccess === true;

describe('storage access', () => {
  it('J28: its page is offered where frames are known not to work', () => {
    expect(isOffered(runRows(untilPrompt, withoutFrames()))).to.equal(true);
  });

  it('is offered also where the click would redirect', () => {
    expect(isOffered(runRows(untilPrompt, withoutFrames({ signInModes: ['silent', 'redirect'] })))).to.equal(true);
  });

  it('is not offered without a page, nor where nothing may be tried silently', () => {
    for (const changes of [{ storageAccessUri: undefined }, { signInModes: ['popup'] as const }]) {
      expect(isOffered(runRows(untilPrompt, withoutFrames(changes)))).to.equal(false);
    }
  });

  it('is not offered after a frame that may have found nobody', () => {
    const rules = withoutFrames();
    rules.framesUnusable = false;
    runRows(
      [
        ...untilPrompt.slice(0, 3),
        [600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [900, inputs.codeFailed('login-required'), asks, ['prepare']],
      ],
      rules,
    );
    expect(isOffered(rules)).to.equal(false);
  });

  it('J28: once it is granted, frames count as usable, and a silent attempt signs in', () => {
    const rules = runRows(
      [
        ...untilPrompt,
        [1_000, granted, 'signing-in code silent', ['remember frames usable', 'code silent']],
        [1_200, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [1_500, inputs.authenticated(firstJwt), 'signed-in', ['token j1 sign-in', 'signed-in']],
      ],
      withoutFrames(),
    );
    expect(rules.model.storageAccess).to.equal(undefined);
  });

  it('the popup opens in the same click when the silent attempt finds nobody', () => {
    const rules = runRows(
      [...untilPrompt, [1_000, granted, 'signing-in code silent', rememberAndTry]],
      withoutFrames(),
    );
    rules.activated = true;
    runRows([[1_200, inputs.codeFailed('login-required'), 'signing-in code popup', ['code popup']]], rules);
    expect(rules.model.storageAccess).to.equal('tried');
  });

  it('the prompt offers its own button when the click is too long ago, and no later attempt opens a popup', () => {
    const rules = runRows(
      [
        ...untilPrompt,
        [1_000, granted, 'signing-in code silent', rememberAndTry],
        [1_200, inputs.codeFailed('login-required'), asks, ['prepare']],
      ],
      withoutFrames(),
    );
    rules.framesUnusable = true;
    expect(isOffered(rules)).to.equal(false);
    rules.activated = true;
    rules.send({ type: 'tick' });
    expect(phaseOf(rules.model)).to.equal(asks);
  });

  it('once it is refused, the popup opens in the same click', () => {
    const rules = runRows(untilPrompt, withoutFrames());
    rules.activated = true;
    runRows([[1_000, denied, 'signing-in code popup', ['code popup']]], rules);
  });

  it('once it is refused and the click is used up, the prompt offers its own button, and the error says why', () => {
    const rules = runRows([...untilPrompt, [1_000, denied, asks, []]], withoutFrames());
    expect(isOffered(rules)).to.equal(false);
    expect(snapshot(rules.model).required?.message).to.contain('did not give the provider access');
    expect(snapshot(rules.model).required?.hint).to.contain('button');
    expect(rules.model.reason).to.equal('storage-access-refused');
  });

  it('once it is refused, a redirect needs no other click', () => {
    runRows(
      [...untilPrompt, [1_000, denied, 'signing-in code redirect', ['code redirect']]],
      withoutFrames({ signInModes: ['silent', 'redirect'] }),
    );
  });

  it('an answer that nobody waits for changes nothing', () => {
    const rules = withoutFrames({ storageAccessUri: undefined });
    runRows([...untilPrompt, [1_000, granted, asks, []], [1_000, denied, asks, []]], rules);
    expect(rules.model.storageAccess).to.equal(undefined);
    expect(new Rules().send(granted)).to.eql([]);
  });
});

const rememberAndTry = ['remember frames usable', 'code silent'];

describe('readStorageAccessMessage()', () => {
  for (const status of ['ready', 'granted', 'denied'] as const) {
    it(`reads ${status}`, () => {
      expect(readStorageAccessMessage({ type: 'gc-auth-messenger:storage-access', status })).to.equal(status);
    });
  }

  const others = [
    undefined,
    null,
    '',
    'gc-auth-messenger:storage-access',
    1,
    [],
    {},
    { type: 'gc-auth-messenger:storage-access' },
    { type: 'gc-auth-messenger:storage-access', status: 'yes' },
    { type: 'gc-auth-messenger:storage-access', status: ['granted'] },
    { type: 'other', status: 'granted' },
    { status: 'granted' },
  ];
  for (const data of others) {
    it(`is undefined for ${JSON.stringify(data)}`, () => expect(readStorageAccessMessage(data)).to.equal(undefined));
  }
});
