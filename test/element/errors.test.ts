import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { grantOf, jwt } from '../support/fixtures.js';
import { clearAway, elementUnderTest, place, placedWith } from '../support/harness-element.js';

const { error: printError, warn: printWarning } = console;
let printed: unknown[][] = [];
let warned: unknown[][] = [];

beforeEach(() => {
  printed = [];
  warned = [];
  console.error = (...line: unknown[]) => void printed.push(line);
  console.warn = (...line: unknown[]) => void warned.push(line);
});

afterEach(async () => {
  console.error = printError;
  console.warn = printWarning;
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

  for (const why of ['silent-refused', 'silent-timeout'] as const) {
    it(`say on the console why a prompt is shown, where the set-up may be wrong: ${why}, once`, async () => {
      const { element, toPrompt } = await placedWith({ renew: 'off' });
      await toPrompt(why);
      expect(element.state).to.equal('interaction-required');
      expect(printed).to.eql([]);
      const { message, hint } = new GcAuthError(why);
      expect(warned).to.eql([[`<gc-auth-messenger> ${why}: ${message} ${hint}`, element]]);
    });
  }

  it('say nothing on the console when a person only has to sign in', async () => {
    const { toPrompt } = await placedWith();
    await toPrompt('login-required');
    expect([...printed, ...warned]).to.eql([]);
  });

  it('say nothing about a prompt that the page shows itself', async () => {
    const under = elementUnderTest();
    under.element.addEventListener('gc-interaction-required', (event) => event.preventDefault());
    await place(under);
    await under.toPrompt('silent-refused');
    expect(under.told()).to.include('gc-interaction-required silent-refused');
    expect(warned).to.eql([]);
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
