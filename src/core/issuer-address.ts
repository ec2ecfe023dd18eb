import type { ParsedUrl } from './config.js';

/** Address of a discovery document (OpenID Connect Discovery §4, RFC 8414 §3), which some documentation writes in capitals. */
export const wellKnown = /\/\.well-known\/(openid-configuration|oauth-authorization-server)(?=[/?]|$)/i;

/** The issuer of an Azure AD B2C policy is not the address below which its discovery document is. */
export function policyHint(text: string, { host }: ParsedUrl): string {
  const document = text.replace(/#.*/s, '').replace(/\/?(?=\?|$)/, '/.well-known/openid-configuration');
  return `For an Azure AD B2C policy: authority="https://${host}/TENANT-ID/v2.0/" metadata-url="${document}".`;
}
