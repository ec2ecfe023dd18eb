import { turns } from './turns.js';

/** Addresses of the demo's servers in this test run. */
export interface TestEnv {
  readonly providerOrigin: string;
  /** The same provider on another site. */
  readonly crossSiteProviderOrigin: string;
  readonly clientId: string;
  /** How this browser is configured. */
  readonly thirdPartyCookies: 'allow' | 'block';
}

let env: Promise<TestEnv> | undefined;

/** The first call starts the servers, which can take seconds. */
export const testEnv = (): Promise<TestEnv> =>
  (env ??= fetch('/test-env.json').then((response) => response.json() as Promise<TestEnv>));

/** Sets the provider's session cookie, as its login page does. */
export async function signInAtProvider(origin: string, account = 'alice'): Promise<void> {
  const url = `${origin}/control/sign-in?account=${account}`;
  const { crossSiteProviderOrigin } = await testEnv();
  if (origin === crossSiteProviderOrigin) return loadInPopup(url);
  await fetch(url, { credentials: 'include', mode: 'no-cors' });
}

/** In a popup the provider's cookie is not a third-party cookie, so that the browser does not block it. */
async function loadInPopup(url: string): Promise<void> {
  const popup = window.open(url, '', 'popup')!;
  // Not with `until`: it leaves a timer, which the tests for leaks count.
  while (!isCrossOrigin(popup)) await turns(1);
  popup.close();
}

/** Once the popup shows the provider's document, the browser has stored its cookies. */
function isCrossOrigin({ location }: Window): boolean {
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

/** Sets switches of the provider, for all requests that follow. */
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
