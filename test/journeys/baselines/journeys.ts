import { setTimeout as delay } from 'node:timers/promises';
import type { StageOptions } from '../stage.js';
import type { Visitor } from './visitor.js';

export interface Journey {
  id: string;
  title: string;
  options?: StageOptions;
  /** Everything up to the point where the person tries to chat. @returns words of its own, if any */
  live: (visitor: Visitor) => Promise<string[] | void>;
  /** Nobody chats afterwards. */
  over?: boolean;
  /** What else is to be seen after the person has chatted. */
  look?: (visitor: Visitor) => Promise<string[]>;
}

const jwtSeconds = 4;
const short: StageOptions = { defaults: { jwtSeconds } };

/** The JWT runs out, and then the socket ends, so that a fresh JWT is needed. */
async function lapse(visitor: Visitor): Promise<void> {
  await visitor.outlive(jwtSeconds);
  visitor.stage.act('cut-sockets');
  await delay(1_000);
}

const refreshes = ({ stage }: Visitor): string => `${stage.genesys.counters.refreshes} refreshes`;

const secret = 'Where is my parcel 4711';

/** Where the redirect journey begins. */
const link = '?from=mail#orders';

/** As strict as it can be. */
const nonce = 'r4nd0m';
const csp: StageOptions['headers'] = ({ app, provider, genesys }) => ({
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

/** As in `scenarios.md`; a new row needs nothing but an entry here. */
export const journeys: Journey[] = [
  {
    id: 'J1',
    title: 'first visit, signed in at the provider',
    live: async (visitor) => {
      await visitor.stage.signInAtProvider();
      await visitor.visit('?from=mail');
    },
  },
  { id: 'J2', title: 'first visit, signed out', live: (visitor) => visitor.visit() },
  {
    id: 'J3',
    title: 'JWT expires on a visible page',
    options: short,
    live: async (visitor) => {
      await visitor.settleIn();
      await visitor.outlive(2 * jwtSeconds);
      return [(await visitor.jwtIsFresh()) ? `JWT fresh, ${refreshes(visitor)}` : 'JWT expired'];
    },
  },
  {
    id: 'J4',
    title: 'refreshing early returns the same JWT (2 lifetimes)',
    options: { defaults: { jwtSeconds, sameJwtWhileValid: true } },
    live: async (visitor) => {
      await visitor.settleIn();
      await visitor.outlive(2 * jwtSeconds + 1);
      return [(await visitor.jwtIsFresh()) ? `JWT fresh, ${refreshes(visitor)}` : `JWT expired, ${refreshes(visitor)}`];
    },
  },
  {
    id: 'J5',
    title: 'reload after the JWT expired',
    options: short,
    live: async (visitor) => {
      await visitor.settleIn();
      await visitor.shop.visit('/callback.html');
      await visitor.outlive(jwtSeconds);
      await visitor.load();
    },
  },
  {
    id: 'J6',
    title: 'new tab after the JWT expired',
    options: short,
    live: async (visitor) => {
      await visitor.settleIn();
      await visitor.shop.page.close();
      await visitor.outlive(jwtSeconds);
      await visitor.visit();
    },
  },
  {
    id: 'J7',
    title: 'back from another site, refresh token dead',
    options: short,
    live: async (visitor) => {
      await visitor.settleIn();
      await visitor.shop.page.goto(`${visitor.stage.demo.provider.origin}/.well-known/openid-configuration`);
      visitor.stage.act('revoke-refresh-tokens');
      await visitor.outlive(jwtSeconds);
      await visitor.load();
    },
  },
  {
    id: 'J8',
    title: 'socket cut with an expired JWT',
    options: short,
    live: async (visitor) => {
      await visitor.settleIn();
      await lapse(visitor);
    },
  },
  {
    id: 'J9',
    title: 'refresh token dead, provider session alive',
    options: short,
    live: async (visitor) => {
      await visitor.settleIn();
      visitor.stage.act('revoke-refresh-tokens');
      await lapse(visitor);
    },
  },
  {
    id: 'J10',
    title: 'refresh token and provider session dead',
    options: short,
    live: async (visitor) => {
      await visitor.settleIn();
      visitor.stage.act('revoke-refresh-tokens');
      visitor.stage.demo.provider.control.signOut();
      await lapse(visitor);
    },
  },
  {
    id: 'J11',
    title: 'Messenger ignores the resolve of reAuthenticate',
    options: { ...short, browserDefaults: { reAuthenticateResolve: 'ignored-once' } },
    live: async (visitor) => {
      await visitor.settleIn();
      visitor.stage.act('revoke-refresh-tokens');
      await lapse(visitor);
    },
  },
  {
    id: 'J12',
    title: 'the exchange always fails',
    options: { defaults: { failExchange: 401 } },
    live: async (visitor) => {
      await visitor.stage.signInAtProvider();
      await visitor.visit();
    },
  },
  {
    id: 'J13',
    title: 'tokens gone, reloaded again and again',
    live: async (visitor) => {
      await visitor.settleIn();
      for (let round = 0; round < 3; round++) {
        await visitor.shop.page.evaluate(() => {
          for (const key of Object.keys(localStorage)) if (/:gc(at|rt)kn$/.test(key)) localStorage.removeItem(key);
        });
        await visitor.reload();
        await visitor.settle();
      }
    },
  },
  {
    id: 'J14',
    title: 'anonymous conversation steps up',
    options: { defaults: { allowSessionUpgrade: true }, browserDefaults: { firstAuthCode: 'never' } },
    live: async (visitor) => {
      await visitor.stage.signInAtProvider();
      await visitor.visit();
      await visitor.shop.openChat();
      await visitor.shop.say(secret);
      await visitor.shop.messenger.getByRole('button', { name: 'Sign in' }).click();
    },
    look: async ({ shop }) => [(await shop.said(secret)) === 1 ? 'conversation kept' : 'conversation not there'],
  },
  {
    id: 'J15',
    title: 'sign-out with a dead JWT',
    options: short,
    over: true,
    live: async (visitor) => {
      await visitor.settleIn();
      await visitor.outlive(jwtSeconds);
      await visitor.signOut().catch(() => undefined);
      await delay(2_000);
      const { revokes, revokesRefused } = visitor.stage.genesys.counters;
      return [revokes > revokesRefused ? 'signed out at Genesys' : 'still signed in at Genesys'];
    },
  },
  {
    id: 'J16',
    title: 'third-party cookies blocked, provider session alive',
    options: { provider: 'cross-site', thirdPartyCookies: 'block' },
    live: async (visitor) => {
      await visitor.stage.signInAtProvider();
      await visitor.visit();
    },
  },
  { id: 'J17', title: 'popups blocked', options: { popups: 'block' }, live: (visitor) => visitor.visit() },
  {
    id: 'J18',
    title: 'the person does not want to sign in',
    over: true,
    live: async (visitor) => {
      visitor.shop = await visitor.stage.visit('/callback.html');
      await visitor.load();
      return [(await visitor.turnAway()) ? 'the page can be used' : 'no way to the page'];
    },
  },
  {
    id: 'J18',
    title: 'the provider severs the opener (COOP)',
    live: async (visitor) => {
      visitor.stage.demo.provider.control.set({ coop: true });
      await visitor.visit();
    },
  },
  {
    id: 'J19',
    title: 'by redirect, from an address with query and hash',
    options: { attributes: { 'sign-in-modes': 'redirect' } },
    live: (visitor) => visitor.visit(link),
    look: async ({ shop, path }) => [shop.page.url().endsWith(path + link) ? 'same address' : 'another address'],
  },
  {
    id: 'J20',
    title: 'the part of the page replaced by script',
    live: async (visitor) => {
      await visitor.settleIn();
      await visitor.replacePart();
    },
    look: async (visitor) => ((await visitor.namesTaken()) > 0 ? ['AuthProvider registered twice'] : []),
  },
  {
    id: 'J21',
    title: 'clock an hour ahead',
    options: short,
    live: async (visitor) => {
      await visitor.settleIn();
      await visitor.setClock(3_600_000);
      await visitor.outlive(2 * jwtSeconds);
      return [refreshes(visitor)];
    },
  },
  {
    id: 'J22',
    title: 'five tabs, three lifetimes',
    options: short,
    over: true,
    live: async (visitor) => {
      await visitor.settleIn();
      for (let tab = 2; tab <= 5; tab++) {
        await visitor.visit();
        await visitor.settle();
      }
      const before = visitor.stage.genesys.counters.refreshes;
      await visitor.outlive(3 * jwtSeconds);
      return [`${visitor.stage.genesys.counters.refreshes - before} refreshes`];
    },
    look: async (visitor) => [(await visitor.jwtIsFresh()) ? 'JWT fresh' : 'JWT expired'],
  },
  {
    id: 'J23',
    title: 'another person signs in at the provider',
    options: short,
    live: async (visitor) => {
      await visitor.settleIn();
      await visitor.shop.say(secret);
      const page = await visitor.stage.context.newPage();
      await page.goto(`${visitor.stage.provider.origin}/control/sign-in?account=bob`);
      await page.close();
      visitor.stage.act('revoke-refresh-tokens');
      await lapse(visitor);
    },
    look: async ({ shop }) => [
      (await shop.messenger.getByText('Signed in as Bob').count()) > 0 ? 'as the other' : 'as the first',
      (await shop.said(secret)) > 0 ? 'words of the first shown' : 'nothing of the first shown',
    ],
  },
  {
    id: 'J24',
    title: 'domain not allowed',
    options: { defaults: { allowedDomains: ['example.com'] } },
    live: (visitor) => visitor.visit(),
  },
  {
    id: 'J24',
    title: 'provider down',
    live: async (visitor) => {
      visitor.stage.demo.provider.control.set({ down: true });
      await visitor.visit();
    },
  },
  {
    id: 'J25',
    title: 'a link that carries a forged answer',
    live: async (visitor) => {
      await visitor.stage.signInAtProvider();
      await visitor.visit('?code=forged&state=s1');
    },
    look: async ({ stage }) => (stage.genesys.counters.exchangesRefused > 0 ? ['forged code sent to Genesys'] : []),
  },
  {
    id: 'J26',
    title: 'strict CSP with a nonce, Trusted Types',
    options: { nonce, headers: csp },
    live: async (visitor) => {
      await visitor.stage.signInAtProvider();
      await visitor.visit();
    },
  },
];
