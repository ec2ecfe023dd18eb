import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannot } from './driver/open.js';
import { TestSite } from './test-site.js';

interface FedCmModule {
  createCodeProvider(settings: Record<'configURL' | 'clientId' | 'redirectUri', string>): (request: object) => unknown;
}

type Env = Record<'crossSiteProviderOrigin' | 'clientId', string>;

/** Sets `codeProvider` before the element is defined. */
function setCodeProvider(): void {
  new MutationObserver((_, observer) => {
    const element = document.querySelector('gc-auth-messenger');
    if (!element) return;
    observer.disconnect();
    Object.assign(element, {
      async codeProvider(request: object) {
        const path: string = '/fedcm/code-provider.js';
        const [{ crossSiteProviderOrigin, clientId }, { createCodeProvider }] = await Promise.all([
          fetch('/env.json').then((answer) => answer.json() as Promise<Env>),
          import(path) as Promise<FedCmModule>,
        ]);
        const configURL = `${crossSiteProviderOrigin}/fedcm/config.json`;
        return createCodeProvider({ configURL, clientId, redirectUri: `${location.origin}/callback.html` })(request);
      },
    });
  }).observe(document, { childList: true, subtree: true });
}

const skip = cannot.fedcm ?? false;

test(
  'codeProvider with FedCM: one click in the browser’s dialog, then silently, with cookies blocked',
  { skip },
  async (t) => {
    const site = await TestSite.open('fedcm', {
      provider: 'cross-site',
      thirdPartyCookies: 'block',
      attributes: { authority: undefined, 'client-id': undefined, 'redirect-uri': undefined, scope: undefined },
      early: setCodeProvider,
    });
    t.after(() => site.close());
    await site.signInAtProvider();
    const shop = await site.newTab();
    const dialogs = await site.browser.acceptFedCm(shop.page);
    await shop.visit();
    await shop.waitForState('interaction-required');
    assert.equal(dialogs(), 0, 'no dialog without a click');
    await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
    await shop.waitForState('signed-in');
    assert.equal(dialogs(), 1);
    await shop.openChat();
    await shop.say('By FedCM');
    await shop.checkInvariants();

    await shop.reloadWithoutTokens();
    await shop.waitForState('signed-in');
    assert.equal(dialogs(), 1, 'silent');
    assert.deepEqual(await shop.events('gc-interaction-required'), []);
    await shop.checkInvariants();
  },
);
