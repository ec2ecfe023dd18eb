import { GcAuthError } from '../../core/errors.js';
import { decisiveParameters } from '../callback/answer-url.js';

/**
 * Refuses an answer with more than one meaning: a parameter that occurs twice, or in both query and fragment, may have
 * been added to the provider's answer. JARM answers are signed JWTs, which are not read here.
 *
 * @param names The names of all parameters, decoded.
 * @see https://openid.net/specs/oauth-v2-jarm-final.html
 * @throws `provider-error`
 */
export function checkParameters(names: readonly string[]): void {
  if (names.includes('response')) {
    throw new GcAuthError('provider-error', {
      message: 'The provider answered with a JWT (JARM), which is not supported.',
      hint: 'Switch response_mode=jwt off for this client at the provider.',
      retryable: false,
    });
  }
  const repeated = decisiveParameters.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (repeated.length === 0) return;
  throw new GcAuthError('provider-error', {
    message: `The provider’s answer is ambiguous: it has more than one ${repeated.join(', ')}, or parameters in both query and fragment.`,
    hint: 'Find what adds parameters to redirect-uri on the way back from the provider.',
  });
}
