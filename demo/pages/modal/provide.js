import { askInDialog, askInHiddenFrame } from './ask.js';
import { authorizationRequest } from './request.js';

/**
 * The page's own way to a code, for the element's `codeProvider`.
 *
 * @param {string} provider the issuer
 * @param {string} client
 */
export const codesOf =
  (provider, client) =>
  /** @param {{silent: boolean, signal: AbortSignal}} request */
  async ({ silent, signal }) => {
    const request = await authorizationRequest(provider, client, silent);
    const answer = await (silent ? askInHiddenFrame : askInDialog)(request.url, signal);
    return request.grantIn(answer);
  };
