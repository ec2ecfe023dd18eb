import type { OidcConfig } from '../core/config.js';

/** Values of a request that nobody else knows. `challenge`: of a verifier that is thrown away, because no code is redeemed. */
export interface RequestSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly challenge: string;
}

/** The authorization request with `prompt=none`, as a silent attempt sends it. Undefined without a usable endpoint. */
export function authorizationRequest(
  config: OidcConfig,
  metadata: Readonly<Record<string, unknown>>,
  { state, nonce, challenge }: RequestSecrets,
): string | undefined {
  const endpoint = String(metadata['authorization_endpoint']);
  if (!URL.canParse(endpoint)) return undefined;
  const modes = metadata['response_modes_supported'];
  const fragment = Array.isArray(modes) && modes.includes('fragment');
  const url = new URL(endpoint);
  const parameters: ReadonlyArray<readonly [string, string | undefined]> = [
    ['client_id', config.clientId],
    ['redirect_uri', config.redirectUri],
    ['response_type', 'code'],
    ['scope', config.scope],
    ['state', state],
    ['nonce', nonce],
    ['prompt', 'none'],
    [
      'response_mode',
      config.responseMode === 'fragment' || (config.responseMode === 'auto' && fragment) ? 'fragment' : undefined,
    ],
    ['code_challenge', config.disablePkce ? undefined : challenge],
    ['code_challenge_method', config.disablePkce ? undefined : 'S256'],
    ['login_hint', config.loginHint],
    ['acr_values', config.acrValues],
    ['max_age', config.maxAge === undefined ? undefined : String(config.maxAge)],
    ['ui_locales', config.uiLocales],
    ...config.authorizeParams,
  ];
  for (const [name, value] of parameters) if (value !== undefined) url.searchParams.set(name, value);
  // A literal plus is %2B by now; some providers do not read + as a space.
  url.search = url.search.replace(/\+/g, '%20');
  return url.href;
}

/** The answer in the address of a redirect: by query or by fragment. Undefined when the redirect leads elsewhere. */
export function answerIn(location: string, redirectUri: string): URLSearchParams | undefined {
  if (!URL.canParse(location) || !URL.canParse(redirectUri)) return undefined;
  const [to, wanted] = [new URL(location), new URL(redirectUri)];
  if (to.origin !== wanted.origin || to.pathname !== wanted.pathname) return undefined;
  const answer = new URLSearchParams(to.search);
  for (const [name, value] of new URLSearchParams(to.hash.slice(1))) answer.set(name, value);
  return answer;
}
