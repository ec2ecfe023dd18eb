import { authorizationRequest } from './authorization-request.js';
import { requestInDialog, requestInHiddenFrame } from './frame-request.js';

/**
 * Creates a function for the element's property `codeProvider`.
 *
 * @param {string} provider the issuer
 * @param {string} client
 */
export const createCodeProvider =
  (provider, client) =>
  /** @param {{silent: boolean, signal: AbortSignal}} request */
  async ({ silent, signal }) => {
    const request = await authorizationRequest(provider, client, silent);
    const answer = await (silent ? requestInHiddenFrame : requestInDialog)(request.url, signal);
    return request.readAnswer(answer);
  };
