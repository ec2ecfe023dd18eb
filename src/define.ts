import { GcAuthMessenger } from './element/gc-auth-messenger.js';

/** The tag. A page that loads two copies keeps the first. */
if (!customElements.get('gc-auth-messenger')) customElements.define('gc-auth-messenger', GcAuthMessenger);

declare global {
  interface HTMLElementTagNameMap {
    'gc-auth-messenger': GcAuthMessenger;
  }
}
