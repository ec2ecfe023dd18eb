import type { OidcClient } from 'oidc-client-ts';
import { checkAuthorizationResponse } from '../../core/authorization-response.js';
import type { CheckedCodeGrant } from '../../core/authorization-response.js';
import { GcAuthError } from '../../core/errors.js';
import { rememberSecret } from '../../core/secrets.js';
import { statesIn, stateIdOf } from '../callback/answer-url.js';
import { checkParameters } from './check-parameters.js';
import { sameIssuer } from './issuer.js';
import type { RequestData } from './signin-request.js';

/**
 * The grant in an answer to a request of this client. The library finds the request by its state and forgets it, so an
 * answer counts once. It checks neither the issuer nor the order of the parameters nor that each occurs once; that is
 * done here.
 *
 * @throws `state-mismatch`, `issuer-mismatch`, `login-required`, `provider-error`
 */
export async function readSigninResponse(client: OidcClient, answer: URLSearchParams): Promise<CheckedCodeGrant> {
  rememberSecret(...['code', 'state', 'id_token', 'access_token'].flatMap((name) => answer.getAll(name)));
  try {
    checkParameters([...answer.keys()]);
  } catch (refusal) {
    throw (await forget(client, answer)) ? refusal : new GcAuthError('state-mismatch', { cause: refusal });
  }
  const { state, response } = await client
    // The library reads a query. The answer was posted here, from the query or fragment that it arrived in.
    .readSigninResponseState(`?${String(answer)}`, true)
    .catch((cause: unknown) => {
      throw new GcAuthError('state-mismatch', { cause });
    });
  // The library compares the identifier only, not what follows it.
  if (response.url_state !== state.url_state) throw new GcAuthError('state-mismatch');
  const { issuer, issRequired, maxAge } = Object(state.data) as RequestData;
  const iss = answer.get('iss');
  return checkAuthorizationResponse(
    { code: response.code, error: response.error, errorDescription: response.error_description, iss },
    {
      redirectUri: state.redirect_uri,
      codeVerifier: state.code_verifier,
      nonce: state.nonce,
      maxAge,
      issRequired,
      issuerMatches: iss !== null && sameIssuer(iss, String(issuer)),
    },
  );
}

/**
 * Ends the requests of an answer that is refused unread. Returns false when there was none. An encrypted JARM response
 * does not show its state; it came from the window of the request.
 */
async function forget({ settings }: OidcClient, answer: URLSearchParams): Promise<boolean> {
  const states = statesIn(answer);
  const ids = states.map(stateIdOf).filter((id) => id !== undefined);
  const found = await Promise.all(ids.map((id) => settings.stateStore.remove(id)));
  return found.some(Boolean) || (states.length === 0 && answer.has('response'));
}
