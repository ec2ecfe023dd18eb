import { setTimeout as delay } from 'node:timers/promises';
import type { TestSiteOptions } from '../test-site.js';
import type { PatternUser } from './pattern-user.js';

export interface Journey {
  id: string;
  title: string;
  options?: TestSiteOptions;
  /** The steps before the person tries to chat. @returns observations, if any */
  run: (user: PatternUser) => Promise<string[] | void>;
  /** The journey ends without a chat. */
  withoutChat?: boolean;
  /** Observations at the end. */
  observe?: (user: PatternUser) => Promise<string[]>;
}

const jwtSeconds = 4;
const shortLifetime: TestSiteOptions = { defaults: { jwtSeconds } };

/** Waits until the JWT has expired and cuts the socket, so that Messenger needs a new JWT. */
async function expireAndReconnect(user: PatternUser): Promise<void> {
  await user.waitForExpiry(jwtSeconds);
  user.site.runAction('cut-sockets');
  await delay(1_000);
}

const refreshes = ({ site }: PatternUser): string => `${site.genesys.counters.refreshes} refreshes`;

const secret = 'Where is my parcel 4711';

/** Query and hash of the page in the redirect journey. */
const link = '?from=mail#orders';

const nonce = 'r4nd0m';
/** As strict as possible. */
const csp: TestSiteOptions['headers'] = ({ app, provider, genesys }) => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'none'",
    `connect-src ${provider.origin} ${genesys.origin} ${genesys.origin.replace('http', 'ws')}`,
    `frame-src ${provider.origin} ${app.origin}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html gc-auth-messenger',
  ].join('; '),
});

/** The journeys of the test suite, in short. */
export const journeys: Journey[] = [
  {
    id: 'J1',
    title: 'first visit, signed in at the provider',
    run: async (user) => {
      await user.site.signInAtProvider();
      await user.openPage('?from=mail');
    },
  },
  { id: 'J2', title: 'first visit, signed out', run: (user) => user.openPage() },
  {
    id: 'J3',
    title: 'JWT expires on a visible page',
    options: shortLifetime,
    run: async (user) => {
      await user.startChatting();
      await user.waitForExpiry(2 * jwtSeconds);
      return [(await user.jwtIsFresh()) ? `JWT fresh, ${refreshes(user)}` : 'JWT expired'];
    },
  },
  {
    id: 'J4',
    title: 'refreshing early returns the same JWT (2 lifetimes)',
    options: { defaults: { jwtSeconds, sameJwtWhileValid: true } },
    run: async (user) => {
      await user.startChatting();
      await user.waitForExpiry(2 * jwtSeconds + 1);
      return [(await user.jwtIsFresh()) ? `JWT fresh, ${refreshes(user)}` : `JWT expired, ${refreshes(user)}`];
    },
  },
  {
    id: 'J5',
    title: 'reload after the JWT expired',
    options: shortLifetime,
    run: async (user) => {
      await user.startChatting();
      await user.shop.visit('/callback.html');
      await user.waitForExpiry(jwtSeconds);
      await user.load();
    },
  },
  {
    id: 'J6',
    title: 'new tab after the JWT expired',
    options: shortLifetime,
    run: async (user) => {
      await user.startChatting();
      await user.shop.page.close();
      await user.waitForExpiry(jwtSeconds);
      await user.openPage();
    },
  },
  {
    id: 'J7',
    title: 'back from another site, refresh token dead',
    options: shortLifetime,
    run: async (user) => {
      await user.startChatting();
      await user.shop.page.goto(`${user.site.demo.provider.origin}/.well-known/openid-configuration`);
      user.site.runAction('revoke-refresh-tokens');
      await user.waitForExpiry(jwtSeconds);
      await user.load();
    },
  },
  {
    id: 'J8',
    title: 'socket cut with an expired JWT',
    options: shortLifetime,
    run: async (user) => {
      await user.startChatting();
      await expireAndReconnect(user);
    },
  },
  {
    id: 'J9',
    title: 'refresh token dead, provider session alive',
    options: shortLifetime,
    run: async (user) => {
      await user.startChatting();
      user.site.runAction('revoke-refresh-tokens');
      await expireAndReconnect(user);
    },
  },
  {
    id: 'J10',
    title: 'refresh token and provider session dead',
    options: shortLifetime,
    run: async (user) => {
      await user.startChatting();
      user.site.runAction('revoke-refresh-tokens');
      user.site.demo.provider.control.signOut();
      await expireAndReconnect(user);
    },
  },
  {
    id: 'J11',
    title: 'Messenger ignores the resolve of reAuthenticate',
    options: { ...shortLifetime, browserDefaults: { reAuthenticateResolve: 'ignored-once' } },
    run: async (user) => {
      await user.startChatting();
      user.site.runAction('revoke-refresh-tokens');
      await expireAndReconnect(user);
    },
  },
  {
    id: 'J12',
    title: 'the exchange always fails',
    options: { defaults: { failExchange: 401 } },
    run: async (user) => {
      await user.site.signInAtProvider();
      await user.openPage();
    },
  },
  {
    id: 'J13',
    title: 'tokens gone, reloaded again and again',
    run: async (user) => {
      await user.startChatting();
      for (let round = 0; round < 3; round++) {
        await user.shop.page.evaluate(() => {
          for (const key of Object.keys(localStorage)) if (/:gc(at|rt)kn$/.test(key)) localStorage.removeItem(key);
        });
        await user.reload();
        await user.tryToChat();
      }
    },
  },
  {
    id: 'J14',
    title: 'anonymous conversation steps up',
    options: { defaults: { allowSessionUpgrade: true }, browserDefaults: { firstAuthCode: 'never' } },
    run: async (user) => {
      await user.site.signInAtProvider();
      await user.openPage();
      await user.shop.openChat();
      await user.shop.say(secret);
      await user.shop.messenger.getByRole('button', { name: 'Sign in' }).click();
    },
    observe: async ({ shop }) => [
      (await shop.messageCount(secret)) === 1 ? 'conversation kept' : 'conversation not there',
    ],
  },
  {
    id: 'J15',
    title: 'sign-out with a dead JWT',
    options: shortLifetime,
    withoutChat: true,
    run: async (user) => {
      await user.startChatting();
      await user.waitForExpiry(jwtSeconds);
      await user.signOut().catch(() => undefined);
      await delay(2_000);
      const { revokes, revokesRefused } = user.site.genesys.counters;
      return [revokes > revokesRefused ? 'signed out at Genesys' : 'still signed in at Genesys'];
    },
  },
  {
    id: 'J16',
    title: 'third-party cookies blocked, provider session alive',
    options: { provider: 'cross-site', thirdPartyCookies: 'block' },
    run: async (user) => {
      await user.site.signInAtProvider();
      await user.openPage();
    },
  },
  { id: 'J17', title: 'popups blocked', options: { popups: 'block' }, run: (user) => user.openPage() },
  {
    id: 'J18',
    title: 'the person does not want to sign in',
    withoutChat: true,
    run: async (user) => {
      user.shop = await user.site.openPage('/callback.html');
      await user.load();
      return [(await user.cancelSignIn()) ? 'the page can be used' : 'no way to the page'];
    },
  },
  {
    id: 'J18',
    title: 'the provider severs the opener (COOP)',
    run: async (user) => {
      user.site.demo.provider.control.set({ coop: true });
      await user.openPage();
    },
  },
  {
    id: 'J19',
    title: 'by redirect, from an address with query and hash',
    options: { attributes: { 'sign-in-modes': 'redirect' } },
    run: (user) => user.openPage(link),
    observe: async ({ shop, path }) => [shop.page.url().endsWith(path + link) ? 'same address' : 'another address'],
  },
  {
    id: 'J20',
    title: 'the part of the page replaced by script',
    run: async (user) => {
      await user.startChatting();
      await user.addAgain();
    },
    observe: async (user) => ((await user.namesTaken()) > 0 ? ['AuthProvider registered twice'] : []),
  },
  {
    id: 'J21',
    title: 'clock an hour ahead',
    options: shortLifetime,
    run: async (user) => {
      await user.startChatting();
      await user.setClock(3_600_000);
      await user.waitForExpiry(2 * jwtSeconds);
      return [refreshes(user)];
    },
  },
  {
    id: 'J22',
    title: 'five tabs, three lifetimes',
    options: shortLifetime,
    withoutChat: true,
    run: async (user) => {
      await user.startChatting();
      for (let tab = 2; tab <= 5; tab++) {
        await user.openPage();
        await user.tryToChat();
      }
      const before = user.site.genesys.counters.refreshes;
      await user.waitForExpiry(3 * jwtSeconds);
      return [`${user.site.genesys.counters.refreshes - before} refreshes`];
    },
    observe: async (user) => [(await user.jwtIsFresh()) ? 'JWT fresh' : 'JWT expired'],
  },
  {
    id: 'J23',
    title: 'another person signs in at the provider',
    options: shortLifetime,
    run: async (user) => {
      await user.startChatting();
      await user.shop.say(secret);
      const page = await user.site.context.newPage();
      await page.goto(`${user.site.provider.origin}/control/sign-in?account=bob`);
      await page.close();
      user.site.runAction('revoke-refresh-tokens');
      await expireAndReconnect(user);
    },
    observe: async ({ shop }) => [
      (await shop.messenger.getByText('Signed in as Bob').count()) > 0 ? 'as the other' : 'as the first',
      (await shop.messageCount(secret)) > 0 ? 'words of the first shown' : 'nothing of the first shown',
    ],
  },
  {
    id: 'J24',
    title: 'domain not allowed',
    options: { defaults: { allowedDomains: ['example.com'] } },
    run: (user) => user.openPage(),
  },
  {
    id: 'J24',
    title: 'provider down',
    run: async (user) => {
      user.site.demo.provider.control.set({ down: true });
      await user.openPage();
    },
  },
  {
    id: 'J25',
    title: 'a link that carries a forged answer',
    run: async (user) => {
      await user.site.signInAtProvider();
      await user.openPage('?code=forged&state=s1');
    },
    observe: async ({ site }) => (site.genesys.counters.exchangesRefused > 0 ? ['forged code sent to Genesys'] : []),
  },
  {
    id: 'J26',
    title: 'strict CSP with a nonce, Trusted Types',
    options: { nonce, headers: csp },
    run: async (user) => {
      await user.site.signInAtProvider();
      await user.openPage();
    },
  },
];
