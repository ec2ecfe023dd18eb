import { expect } from '@open-wc/testing';
import '../../src/define.js';
import { signedIn, startTestKit } from '../../src/testing/index.js';

const deploymentId = '3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10';

/** Resolves with the detail of the next event. */
const next = <T>(target: EventTarget, name: string): Promise<T> =>
  new Promise((resolve) =>
    target.addEventListener(name, (event) => resolve((event as CustomEvent<T>).detail), { once: true }),
  );

describe('the test kit', () => {
  it('signs an element in, renews, asks for a click, and signs out, without a server', async () => {
    const kit = startTestKit({ deploymentId, sub: null });
    const element = document.createElement('gc-auth-messenger');
    Object.assign(element, { deploymentId, environment: 'euw1', codeProvider: kit.codeProvider });
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
    kit.stop();
    expect('Genesys' in window).to.equal(false);
    expect(document.querySelector('#genesys-messenger')).to.equal(null);
    expect(Object.keys(localStorage).filter((key) => key.startsWith(`_${deploymentId}`))).to.deep.equal([]);
  });
});
