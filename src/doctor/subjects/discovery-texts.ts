import type { FindingText } from '../subject.js';

export type DiscoveryId =
  | 'discovery-unreachable'
  | 'discovery-status'
  | 'discovery-json'
  | 'discovery-type'
  | 'discovery-cors'
  | 'discovery-issuer'
  | 'discovery-issuer-template'
  | 'discovery-endpoint'
  | 'discovery-response-type'
  | 'discovery-grant-type'
  | 'discovery-response-mode'
  | 'discovery-prompt'
  | 'discovery-pkce'
  | 'discovery-pkce-disabled'
  | 'discovery-scope'
  | 'discovery-acr'
  | 'discovery-end-session';

const refused = 'The provider refuses the request of the element, so nobody can sign in.';

export const discoveryTexts: Readonly<Record<DiscoveryId, FindingText>> = {
  'discovery-unreachable': {
    why: 'The element cannot find out where to send the person, so nobody can sign in.',
    hint: 'Check authority, the network and the provider.',
  },
  'discovery-status': {
    why: 'The element cannot find out where to send the person, so nobody can sign in.',
    hint: 'Set authority to the issuer exactly, or metadata-url to the address of the document.',
  },
  'discovery-json': {
    why: 'The address serves something else, often an HTML page of the site or of the provider.',
    hint: 'Set authority to the issuer exactly, or metadata-url to the address of the document.',
  },
  'discovery-type': {
    why: 'The element asks a second time before it takes a document of another type.',
    hint: 'Serve the document with Content-Type: application/json.',
    advice: true,
  },
  'discovery-cors': {
    why: 'The browser does not let the page read the document, so nobody can sign in.',
    hint: 'Allow the origin of the page at the provider, set metadata-url to a copy, or set the metadata property.',
  },
  'discovery-issuer': {
    why: 'The document is of another provider. The element does not trust it, and stops.',
    hint: 'Set authority to the issuer in the document, or correct metadata-url.',
  },
  'discovery-issuer-template': {
    why: 'The document is for all tenants. Every answer would fit its issuer, so it proves nothing, and the element stops.',
    hint: 'Set authority to the address of one tenant.',
  },
  'discovery-endpoint': {
    why: 'The element opens this address in windows and frames, so it must be an https URL (http on loopback).',
    hint: 'Correct the configuration of the provider, or the metadata property.',
  },
  'discovery-response-type': {
    why: refused,
    hint: 'Enable the authorization code flow (response type code) at the provider.',
  },
  'discovery-grant-type': {
    why: 'Genesys cannot exchange the code for tokens.',
    hint: 'Enable the grant authorization_code at the provider.',
  },
  'discovery-response-mode': { why: refused, hint: 'Set response-mode to a mode of the provider, or leave it out.' },
  'discovery-prompt': {
    why: 'Without prompt=none there is no silent sign-in: the provider shows its sign-in page in the hidden frame.',
    hint: 'Set sign-in-modes="popup".',
  },
  'discovery-pkce': { why: refused, hint: 'Enable S256 at the provider. If it refuses PKCE, set disable-pkce.' },
  'discovery-pkce-disabled': {
    why: 'PKCE prevents the use of a stolen code.',
    hint: 'Remove disable-pkce.',
    advice: true,
  },
  'discovery-scope': {
    why: 'A provider may refuse a scope that it does not know, or leave it out. Some do not list all they know.',
    hint: 'Remove the scope, or enable it at the provider.',
    advice: true,
  },
  'discovery-acr': {
    why: 'A provider may refuse a value that it does not know, or ignore it. Some do not list all they know.',
    hint: 'Correct acr-values, or enable the value at the provider.',
    advice: true,
  },
  'discovery-end-session': {
    why: 'The provider does not end its session, and nobody returns to that address.',
    hint: 'Add end_session_endpoint to the metadata property, or remove post-logout-redirect-uri.',
  },
};
