import type { TestSiteOptions } from './test-site.js';

/** Where the provider is, and what the browser does with cookies in frames of other sites. */
export const places = {
  'same site': { provider: 'same-site', thirdPartyCookies: 'block' },
  'other site, cookies allowed': { provider: 'cross-site', thirdPartyCookies: 'allow' },
  'other site, cookies blocked': { provider: 'cross-site', thirdPartyCookies: 'block' },
} as const satisfies Record<string, TestSiteOptions>;

/** Rungs that a page allows. */
export const rungs = ['silent popup', 'silent silent-redirect popup', 'silent popup, storage access'] as const;

export type Place = keyof typeof places;
export type Rungs = (typeof rungs)[number];

/** On the first visit, on return while Messenger's refresh token works, and after it has ended. */
export type Clicks = readonly [first: number, within: number, after: number];

/**
 * Clicks that a person who is signed in at the provider needs. `docs/getting-a-code.md` has this table; the journeys
 * measure it in each engine. Engines that differ have a row of their own.
 */
export const clicks: Readonly<Record<Rungs, Readonly<Record<Place, Clicks>>>> = {
  'silent popup': {
    'same site': [0, 0, 0],
    'other site, cookies allowed': [0, 0, 0],
    'other site, cookies blocked': [1, 0, 1],
  },
  'silent silent-redirect popup': {
    'same site': [0, 0, 0],
    'other site, cookies allowed': [0, 0, 0],
    'other site, cookies blocked': [0, 0, 0],
  },
  'silent popup, storage access': {
    'same site': [0, 0, 0],
    'other site, cookies allowed': [0, 0, 0],
    'other site, cookies blocked': [1, 0, 0],
  },
};
