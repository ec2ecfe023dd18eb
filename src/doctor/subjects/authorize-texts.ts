import type { FindingText } from '../subject.js';

export type AuthorizeId =
  | 'authorize-unreachable'
  | 'authorize-status'
  | 'authorize-redirect-uri'
  | 'authorize-client'
  | 'authorize-scope'
  | 'authorize-pkce'
  | 'authorize-error'
  | 'authorize-prompt'
  | 'authorize-framing'
  | 'authorize-state'
  | 'authorize-iss'
  | 'authorize-cookies'
  | 'authorize-activate-storage-access';

const noSignIn = 'The person sees an error of the provider instead of its sign-in page.';

export const authorizeTexts: Readonly<Record<AuthorizeId, FindingText>> = {
  'authorize-unreachable': {
    why: 'Every sign-in begins at this address.',
    hint: 'Check the network and the provider. A provider inside a company network can be reached only from that network.',
  },
  'authorize-status': { why: noSignIn, hint: 'Open the address in a browser, or read the log of the provider.' },
  'authorize-redirect-uri': {
    why: 'A provider answers only to addresses that are registered for the client, character for character.',
    hint: 'Register the value of redirect-uri at the provider, for this client.',
  },
  'authorize-client': {
    why: noSignIn,
    hint: 'Set client-id to the client that is registered for Genesys, and enable the authorization code flow for it.',
  },
  'authorize-scope': { why: noSignIn, hint: 'Remove this scope from the attribute scope, or allow it for the client.' },
  'authorize-pkce': {
    why: noSignIn,
    hint: 'Allow PKCE with S256 for the client. If the provider refuses PKCE, set disable-pkce.',
  },
  'authorize-error': { why: noSignIn, hint: 'Correct the client at the provider, or authorize-params.' },
  'authorize-prompt': {
    why: 'The request has prompt=none. Nobody can see a sign-in page in the hidden frame, so the silent attempt ends late and without a code.',
    hint: 'Let the provider answer login_required to prompt=none, or set sign-in-modes="popup".',
  },
  'authorize-framing': {
    why: 'A silent sign-in loads that page in a hidden frame, and the browser refuses to show it.',
    hint: 'Allow the origin of the page in frame-ancestors at the provider, or set sign-in-modes="popup".',
  },
  'authorize-state': {
    why: 'The element refuses an answer whose state differs from that of its request.',
    hint: 'Find the proxy or the page between provider and callback page that changes the address.',
  },
  'authorize-iss': {
    why: 'The element refuses an answer of another issuer (RFC 9207).',
    hint: 'Let the provider send its issuer as iss, as its discovery document says it does.',
  },
  'authorize-cookies': {
    why: 'The provider is on another site. Only a cookie with SameSite=None; Secure reaches its frame, so a silent attempt finds nobody signed in.',
    hint: 'Set SameSite=None; Secure for the session cookie of the provider, or give the provider a domain on the site of the page.',
  },
  'authorize-activate-storage-access': {
    why: 'The browser sends no cookies from the frame, not even after the person has allowed them.',
    hint: 'Let the provider answer Activate-Storage-Access: retry; allowed-origin="https://www.example.com", with the origin of the page, to Sec-Fetch-Storage-Access: inactive.',
  },
};
