import { turns } from './turns.js';

/** Where the real parts are in this run. */
export interface TestEnv {
  readonly providerOrigin: string;
  /** The same provider on another site. */
  readonly crossSiteProviderOrigin: string;
  readonly clientId: string;
  /** What this browser was told to do with them. */
  readonly thirdPartyCookies: 'allow' | 'block';
}

let env: Promise<TestEnv> | undefined;

/** Starts the real parts on the first call, which may take seconds. */
export const testEnv = (): Promise<TestEnv> =>
  (env ??= fetch('/test-env.json').then((response) => response.json() as Promise<TestEnv>));

/** The provider's own session cookie, as after its login page. */
export async function signInAtProvider(origin: string, account = 'alice'): Promise<void> {
  const url = `${origin}/control/sign-in?account=${account}`;
  const { crossSiteProviderOrigin } = await testEnv();
  if (origin === crossSiteProviderOrigin) return visitFirstParty(url);
  await fetch(url, { credentials: 'include', mode: 'no-cors' });
}

/** As a page of its own: what it is given there is no third-party cookie. */
async function visitFirstParty(url: string): Promise<void> {
  const popup = window.open(url, '', 'popup')!;
  // Not `until`, which leaves a timer behind that counts as a leak of what is under test.
  while (!isElsewhere(popup)) await turns(1);
  popup.close();
}

/** Another origin's document is there, so its headers were read. */
function isElsewhere({ location }: Window): boolean {
  try {
    return location.href === undefined;
  } catch {
    return true;
  }
}

/** Ends every session at the provider. */
export async function signOutAtProvider(origin: string): Promise<void> {
  await fetch(`${origin}/control/sign-out`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
}

/** Makes the provider behave differently for all requests that follow. */
export async function switchProvider(
  origin: string,
  switches: Readonly<Record<string, boolean | number>>,
): Promise<void> {
  await fetch(`${origin}/control/switches`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(switches),
  });
}
