import { exchangeBegun } from './exchange.js';
import type { Asked, Bench, Contestant, Setup } from './contestant.js';
import { floor } from './floor.js';
import { libraryFloor } from './library-floor.js';
import { ours } from './ours.js';
import { auth0, keycloak, msal, oidcClientTs, oidcClientTsTuned } from './peers.js';

const contestants: Record<string, (setup: Setup) => Contestant> = {
  floor,
  'floor again': floor,
  'floor with oidc-client-ts': libraryFloor,
  ours: (setup) => ours(setup),
  'ours by query': (setup) => ours(setup, 'query'),
  'oidc-client-ts': oidcClientTs,
  'oidc-client-ts tuned': oidcClientTsTuned,
  auth0,
  msal,
  keycloak,
};

const made = new Map<string, Contestant>();

function contestant(name: string, setup: Setup): Contestant {
  const key = `${name} ${setup.clientId}`;
  const known = made.get(key) ?? contestants[name]!(setup);
  made.set(key, known);
  return known;
}

const after = (ms: number): Promise<'unknown'> => new Promise((resolve) => setTimeout(resolve, ms, 'unknown'));

const idle = (): Promise<unknown> => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 500 }));

/** What an ask leaves to be done, such as a frame to take down, is its own and not the next one's. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  await idle();
}

const bench: Bench = {
  async prepare(name, setup) {
    await contestant(name, setup)
      .prepare?.()
      .catch(() => undefined);
  },

  async ask(name, setup, capMs = 20_000): Promise<Asked> {
    await idle();
    const start = performance.now();
    const begun = exchangeBegun();
    let reason: string | undefined;
    const outcome = await Promise.race([
      contestant(name, setup)
        .ask()
        .then(
          (result) => (result === false ? ('refused' as const) : ('code' as const)),
          (thrown: unknown) => {
            reason = String(thrown);
            return 'refused' as const;
          },
        ),
      after(capMs),
    ]);
    const end = performance.now();
    await settle();
    // Libraries that redeem the code themselves have it in hand when they set out to.
    return { ms: (begun() ?? end) - start, outcome, ...(reason && { reason }) };
  },
};

Object.assign(window, { bench });
