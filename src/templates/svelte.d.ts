import type { HTMLAttributes } from 'svelte/elements';
import type { GcAuthMessenger } from '../element/gc-auth-messenger.js';
import type { TagAttributes, TagListeners, TagProperties } from './tag.js';

/** The tag in a template of Svelte: Svelte 5 listens with `ongc-token`, Svelte 4 with `on:gc-token`. */
export type GcAuthMessengerAttributes = Omit<HTMLAttributes<GcAuthMessenger>, keyof TagAttributes> &
  TagAttributes &
  TagProperties &
  TagListeners<'on'> &
  TagListeners<'on:'>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'gc-auth-messenger': GcAuthMessengerAttributes;
  }
}
