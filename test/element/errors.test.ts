import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { grantOf, jwt } from '../support/fixtures.js';
import { clearAway, elementUnderTest, place, placedWith } from '../support/harness-element.js';

const original = console.error;
let printed: unknown[][] = [];

beforeEach(() => {
  printed = [];
  console.error = (...line: unknown[]) => void printed.push(line);
});

afterEach(async () => {
  console.error = original;
  await clearAway();
});

describe('errors of <gc-auth-messenger>', () => {
  it('are printed when nobody listens: code, message, hint and the element, in one line', async () => {
    const { element } = await placedWith({ 'deployment-id': 'nonsense' });
    expect(printed.length).to.equal(1);
    const [[line, where] = []] = printed;
    expect(line).to.match(/^<gc-auth-messenger> config-invalid: .*deployment-id.*nonsense/);
    expect(line).to.contain(element.error!.hint);
    expect(where).to.equal(element);
  });

  it('are not printed when a listener prevents them', async () => {
    const under = elementUnderTest({ 'deployment-id': 'nonsense' });
    under.element.addEventListener('gc-error', (event) => event.preventDefault());
    await place(under);
    expect(under.told()).to.include('gc-error config-invalid');
    expect(printed).to.eql([]);
  });

  it('are printed once per cause', async () => {
    const { element, toPrompt, code } = await placedWith();
    await toPrompt();
    for (let round = 0; round < 3; round++) {
      void element.signIn().catch(() => undefined);
      code.answerPopup(new GcAuthError('popup-closed'));
      await element.updateComplete;
    }
    expect(printed.map(([line]) => String(line).slice(0, 33))).to.eql(['<gc-auth-messenger> popup-closed:']);
  });

  it('can be read until the state leaves failed', async () => {
    const { element } = await placedWith({ 'deployment-id': 'nonsense' });
    expect(element.error?.code).to.equal('config-invalid');
    element.deploymentId = '3f0c2f3a-1c1f-4b58-9a29-3f6f7c2f1a10';
    await element.updateComplete;
    expect(element.state).to.equal('loading');
    expect(element.error).to.equal(undefined);
  });

  it('can be read until somebody is signed in', async () => {
    const { element, toPrompt, code, messenger } = await placedWith();
    expect(element.error).to.equal(undefined);
    await toPrompt();
    void element.signIn().catch(() => undefined);
    code.answerPopup(new GcAuthError('popup-closed'));
    await element.updateComplete;
    expect(element.error?.code).to.equal('popup-closed');
    void element.signIn().catch(() => undefined);
    code.answerPopup(grantOf('c1'));
    expect(element.error?.code).to.equal('popup-closed');
    messenger.emit({ type: 'authenticated', token: jwt('j1', 900_000) });
    await element.updateComplete;
    expect(element.error).to.equal(undefined);
  });
});
