import type { FindingText } from '../subject.js';

export type CallbackId =
  | 'callback-unreachable'
  | 'callback-status'
  | 'callback-redirect'
  | 'callback-type'
  | 'callback-attachment'
  | 'callback-script-missing'
  | 'callback-script-status'
  | 'callback-script-type'
  | 'callback-frame-options'
  | 'callback-frame-ancestors'
  | 'callback-coop'
  | 'callback-sandbox'
  | 'callback-policy'
  | 'callback-cache'
  | 'callback-no-vary-search';

export const callbackTexts: Readonly<Record<CallbackId, FindingText>> = {
  'callback-unreachable': {
    why: 'The answer of the provider is lost, so nobody can sign in.',
    hint: 'Put callback.html and callback.js at the address in redirect-uri, and register that address at the provider.',
  },
  'callback-status': {
    why: 'The answer of the provider is lost, so nobody can sign in.',
    hint: 'Put callback.html and callback.js at the address in redirect-uri, readable without a sign-in, and register that address at the provider.',
  },
  'callback-redirect': {
    why: 'After a redirect to another origin, the answer does not reach the page that waits for it.',
    hint: 'Set redirect-uri to the address at which the page answers itself, without a redirect or a sign-in before it.',
  },
  'callback-type': {
    why: 'The browser does not show the file as a page, so its script does not run.',
    hint: 'Serve the callback page with Content-Type: text/html.',
  },
  'callback-attachment': {
    why: 'The browser downloads the file instead of showing it.',
    hint: 'Remove Content-Disposition from the callback page.',
  },
  'callback-script-missing': {
    why: 'No script on that page delivers the answer of the provider.',
    hint: 'Put the shipped callback.html there, or load the bundle there. Ignore this finding if your own bundle contains the element.',
  },
  'callback-script-status': {
    why: 'No script on that page delivers the answer of the provider.',
    hint: 'Put callback.js beside callback.html.',
  },
  'callback-script-type': {
    why: 'Browsers run a script only if its Content-Type is a JavaScript type.',
    hint: 'Serve callback.js with Content-Type: text/javascript. If the server sends an HTML page, the file is missing.',
  },
  'callback-frame-options': {
    why: 'A silent sign-in ends on the callback page in a hidden frame, and the browser refuses to show it there.',
    hint: 'Send X-Frame-Options: SAMEORIGIN for the callback page, or leave the header out.',
  },
  'callback-frame-ancestors': {
    why: 'A silent sign-in ends on the callback page in a hidden frame, and the browser refuses to show it there.',
    hint: "Send frame-ancestors 'self' for the callback page.",
  },
  'callback-coop': {
    why: 'The header separates the popup from the page that opened it, so the popup may stay open after the sign-in.',
    hint: 'Leave Cross-Origin-Opener-Policy out for the callback page.',
    advice: true,
  },
  'callback-sandbox': {
    why: 'In a sandbox without allow-scripts, the script of the page does not run.',
    hint: 'Remove sandbox from the policy of the callback page.',
  },
  'callback-policy': {
    why: 'The browser refuses the script that delivers the answer of the provider.',
    hint: "Allow the script with script-src 'self' on the callback page.",
  },
  'callback-cache': {
    why: 'Each silent sign-in loads the page from the server. A cached page saves a round trip.',
    hint: 'Send Cache-Control: max-age=3600 for the callback page and for callback.js.',
    advice: true,
  },
  'callback-no-vary-search': {
    why: 'Each answer has another address, so the browser does not find the page in its cache.',
    hint: 'Send No-Vary-Search: params for the shipped callback.html, or set response-mode to fragment if the provider can.',
    advice: true,
  },
};
