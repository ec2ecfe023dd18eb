// First: before Lit.
import './element/reserve-globals.js';
import { GcAuthMessenger } from './element/gc-auth-messenger.js';
import { interceptAnswer } from './oidc/callback/self-callback.js';

/** The tag. A page that loads two copies keeps the first; a frame or popup that only had to answer has none. */
if (!interceptAnswer(window) && !customElements.get('gc-auth-messenger')) {
  customElements.define('gc-auth-messenger', GcAuthMessenger);
}

declare global {
  interface HTMLElementTagNameMap {
    'gc-auth-messenger': GcAuthMessenger;
  }
}
