import { expect } from '@open-wc/testing';
import { fingerprint } from '../../src/core/person-fingerprint.js';
import { firstValueFrom, lastValueFrom } from 'rxjs';
import type { GcAuthError } from '../../src/core/errors.js';
import { createCodeLedger } from '../../src/oidc/code-ledger.js';
import { createCodePort } from '../../src/oidc/code-port.js';
import { diagnose } from '../../src/doctor/in-page.js';
import { pageAddress } from '../../src/page/address.js';
import { nextTask } from '../../src/page/next-task.js';
import { createPagePort } from '../../src/page/page-port.js';
import { whenIdle } from '../../src/page/when-idle.js';
import { createTabsPort } from '../../src/tabs/tabs-port.js';
import { clearRedirects } from '../support/redirect-record.js';
import { deploymentId } from '../support/fixtures.js';
import { oidcConfig } from '../support/oidc-config.js';
import { windowWith } from '../support/window-with.js';

/** What old, embedded and hardened browsers lack or refuse. Each row is an object, and the name of its member. */
const apis: ReadonlyArray<readonly [title: string, owner: object, name: string, replacement?: unknown]> = [
  ['no BroadcastChannel', window, 'BroadcastChannel'],
  [
    'a BroadcastChannel that is refused',
    window,
    'BroadcastChannel',
    class {
      constructor() {
        throw new DOMException('Access is denied.', 'SecurityError');
      }
    },
  ],
  ['no Web Locks', navigator, 'locks'],
  ['Web Locks that are refused', navigator, 'locks', { request: () => Promise.reject(new DOMException('Refused.')) }],
  ['no constructable style sheets', window, 'CSSStyleSheet'],
  ['no user activation', navigator, 'userActivation'],
  ['no AbortSignal.timeout', AbortSignal, 'timeout'],
  ['no AbortSignal.any', AbortSignal, 'any'],
  ['no throwIfAborted', AbortSignal.prototype, 'throwIfAborted'],
  ['no crypto.randomUUID', crypto, 'randomUUID'],
  ['no requestIdleCallback', window, 'requestIdleCallback'],
  ['no scheduler', window, 'scheduler'],
  ['no structuredClone', window, 'structuredClone'],
];

const metadata = { issuer: location.origin, authorization_endpoint: `${location.origin}/authorize` };

/** Requests to Genesys are not made. */
const offline = windowWith({
  fetch: (url: string, init?: RequestInit) =>
    url.startsWith(location.origin) ? fetch(url, init) : Promise.reject(new TypeError('Failed to fetch')),
});

/** Every port that uses what a browser may lack. */
const work: Readonly<Record<string, () => unknown>> = {
  'a silent code': () => lastValueFrom(createCodePort(oidcConfig(), window).silent()),
  'a code by popup': () => lastValueFrom(createCodePort(oidcConfig(), window).popup()),
  'an attempt that is given up': () => {
    const port = createCodePort(oidcConfig(), window);
    for (const attempt$ of [port.silent(), port.popup(), port.prepare()]) attempt$.subscribe().unsubscribe();
  },
  'a redirect': async () => {
    const left: string[] = [];
    const port = createCodePort(oidcConfig(), window, { navigate: (url) => left.push(url) });
    await lastValueFrom(port.redirect({ windowOpen: false }), { defaultValue: undefined });
    clearRedirects();
    expect(left).to.have.lengthOf(1);
  },
  'the ledger': async () => {
    const value = String(Math.random());
    const ledger = createCodeLedger(window);
    expect(await firstValueFrom(ledger.markUsed(value))).to.equal(true);
    expect(await firstValueFrom(ledger.markUsed(value))).to.equal(false);
  },
  'the tabs': async () => {
    const scope = `missing-${Math.random()}`;
    const tabs = createTabsPort(window, scope);
    const messages = tabs.messages$.subscribe();
    const person = fingerprint({ sub: 'ada' }, 0)!;
    tabs.write({ person }, 'signed-in');
    expect(tabs.read()).to.deep.equal({ person });
    await firstValueFrom(tabs.renewalLock());
    messages.unsubscribe();
    localStorage.removeItem(`gc-auth-messenger:2:${scope}`);
  },
  'the page': () => expect(createPagePort(window).isActivated()).to.be.a('boolean'),
  'an idle moment': () => new Promise<void>((done) => whenIdle(window, done)),
  'the next task': () => nextTask(window),
  'the doctor': async () => {
    const { authority, clientId, redirectUri } = oidcConfig();
    // Of the answers only the callback page is needed here.
    const raw = { deploymentId, environment: 'prod', authority, clientId, redirectUri, metadata };
    const { checks } = await diagnose({ raw, attributes: {}, address: pageAddress(window) }, offline);
    expect(checks.filter(({ id }) => /^(discovery|callback)/.test(id)).map(({ ok }) => ok)).not.to.contain(false);
  },
};

describe('a browser with', () => {
  for (const [title, owner, name, replacement] of apis) {
    describe(title, () => {
      const original = Object.getOwnPropertyDescriptor(owner, name);
      beforeEach(() => Object.defineProperty(owner, name, { value: replacement, configurable: true, writable: true }));
      afterEach(() => {
        if (original) Object.defineProperty(owner, name, original);
        else Reflect.deleteProperty(owner, name);
      });

      for (const [what, run] of Object.entries(work)) {
        it(`has ${what}`, async () => {
          try {
            await run();
          } catch (thrown) {
            const { code, message } = thrown as GcAuthError;
            expect.fail(`${code}: ${message}`);
          }
        });
      }
    });
  }
});
