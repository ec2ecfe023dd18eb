import { expect } from '@open-wc/testing';
import '../../src/define.js';
import { signedIn, startTestKit } from '../../src/testing/index.js';
import type { TestKit } from '../../src/testing/index.js';
import { rejection } from '../support/rejection.js';

const deploymentId = '3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10';

/** Resolves with the detail of the next event. */
const next = <T>(target: EventTarget, name: string): Promise<T> =>
  new Promise((resolve) =>
    target.addEventListener(name, (event) => resolve((event as CustomEvent<T>).detail), { once: true }),
  );

describe('the test kit', () => {
  let kit: TestKit;
  before(() => (kit = startTestKit({ deploymentId, sub: null })));

  const created = () =>
    Object.assign(document.createElement('gc-auth-messenger'), {
      deploymentId,
      environment: 'euw1',
      codeProvider: kit.codeProvider,
    });

  it('signs an element in, renews, asks for a click, and signs out, without a server', async () => {
    const element = created();
    const asked = next<{ reason: string }>(element, 'gc-interaction-required');
    document.body.append(element);
    await asked;
    await element.signIn();
    await signedIn(element);
    expect(kit.standIn.jwt()?.sub).to.equal('alice');

    kit.expire({ refreshTokens: true });
    kit.signOut();
    const again = next(element, 'gc-interaction-required');
    await element.refresh().catch(() => undefined);
    await again;
    await element.signIn();
    await signedIn(element);
    expect(kit.standIn.jwt()?.sub).to.equal('alice');

    await element.signOut();
    expect(element.state).to.equal('signed-out');
    expect(kit.standIn.jwt()).to.equal(undefined);

    kit.slowDown(1);
    kit.refuseCodes(true);
    const failed = next<{ code: string }>(element, 'gc-error');
    await element.signIn().catch(() => undefined);
    expect((await failed).code).to.equal('exchange-failed');

    element.remove();
  });

  it('serves the next test of the page, when it is told who is signed in', async () => {
    kit.refuseCodes(false);
    kit.signIn('bob');
    const element = created();
    document.body.append(element);
    await element.signIn();
    await signedIn(element);
    expect(kit.standIn.jwt()?.sub).to.equal('bob');
    element.remove();

    const next = created();
    document.body.append(next);
    await signedIn(next);
    expect(kit.standIn.jwt()?.sub).to.equal('bob');
    await next.signOut();
    next.remove();
  });

  it('is not started a second time in a window', async () => {
    expect(() => startTestKit({ deploymentId })).to.throw(/^startTestKit\(\) was called before in this window\./);
    // The one that runs is as it was.
    const element = created();
    document.body.append(element);
    await element.signIn();
    await signedIn(element);
    element.remove();
  });

  it('says why an element is not signed in', async () => {
    const element = document.createElement('gc-auth-messenger');
    const waiting = rejection(signedIn(element));
    document.body.append(element);
    for (const error of [await waiting, await rejection(signedIn(element))]) {
      expect(error).to.equal(element.error);
      expect((error as { code: string }).code).to.equal('config-invalid');
    }
    element.remove();
    const broken = Object.assign(new EventTarget(), { state: 'failed' });
    expect(await rejection(signedIn(broken))).to.have.property('message', 'The state of the element is failed.');
  });

  it('leaves nothing behind', () => {
    kit.stop();
    expect('Genesys' in window).to.equal(false);
    expect(document.querySelector('#genesys-messenger')).to.equal(null);
    expect(Object.keys(localStorage).filter((key) => key.startsWith(`_${deploymentId}`))).to.deep.equal([]);
  });

  it('is not started a second time after it was stopped', () =>
    expect(() => startTestKit({ deploymentId })).to.throw('Start one kit for all tests of a file'));
});
