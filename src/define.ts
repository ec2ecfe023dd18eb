// First: before Lit.
import './element/reserve-globals.js';
import { GcAuthMessenger } from './element/gc-auth-messenger.js';
import { interceptAnswer } from './oidc/callback/self-callback.js';

/** On a server there is no page. Some define a `window`, or a document without an address, for libraries that ask. */
const isPage = typeof document === 'object' && typeof location === 'object';

/** The tag. A page that loads two copies keeps the first; a frame or popup that only had to answer has none. */
if (isPage && !interceptAnswer(window) && !customElements.get('gc-auth-messenger')) {
  customElements.define('gc-auth-messenger', GcAuthMessenger);
}

// No value is exported. The types bring those of the tag and of its events, for a file that imports only this one.
export type * from './element/public.js';
