/**
 * Where Genesys Cloud serves what Messenger needs, for a domain of an environment: the only place that writes these names.
 *
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/contentSecurityPolicy
 */

/** The Messenger script, its plugins and its frames. */
export const appsOrigin = (domain: string): string => `https://apps.${domain}`;

/** `domains.json` and `config.json` of deployments. */
export const configOrigin = (domain: string): string => `https://api-cdn.${domain}`;

export const apiOrigin = (domain: string): string => `https://api.${domain}`;

/** The messages of a conversation. */
export const socketOrigin = (domain: string): string => `wss://webmessaging.${domain}`;
