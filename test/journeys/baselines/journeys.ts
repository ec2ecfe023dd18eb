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
];
