/** Where the real parts are in this run. */
export interface TestEnv {
  readonly providerOrigin: string;
  /** The same provider on another site. */
  readonly crossSiteProviderOrigin: string;
  readonly clientId: string;
}

let env: Promise<TestEnv> | undefined;

/** Starts the real parts on the first call, which may take seconds. */
export const testEnv = (): Promise<TestEnv> =>
  (env ??= fetch('/test-env.json').then((response) => response.json() as Promise<TestEnv>));

/** The provider's own session cookie, as after its login page. */
export async function signInAtProvider(origin: string, account = 'alice'): Promise<void> {
  await fetch(`${origin}/control/sign-in?account=${account}`, { credentials: 'include', mode: 'no-cors' });
}

/** Ends every session at the provider. */
export async function signOutAtProvider(origin: string): Promise<void> {
  await fetch(`${origin}/control/sign-out`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
}
