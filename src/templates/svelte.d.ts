import type { HTMLAttributes } from 'svelte/elements';
import type { GcAuthMessenger } from '../element/gc-auth-messenger.js';
import type { GcAuthInspector } from '../inspector/gc-auth-inspector.js';
import type { InspectorAttributes, InspectorProperties, TagAttributes, TagListeners, TagProperties } from './tag.js';

/** The tag in a template of Svelte: Svelte 5 listens with `ongc-token`, Svelte 4 with `on:gc-token`. */
export type GcAuthMessengerAttributes = Omit<HTMLAttributes<GcAuthMessenger>, keyof TagAttributes> &
  TagAttributes &
  TagProperties &
  TagListeners<'on'> &
  TagListeners<'on:'>;

/** The inspector in a template of Svelte. */
export type GcAuthInspectorAttributes = Omit<HTMLAttributes<GcAuthInspector>, keyof InspectorAttributes> &
  InspectorAttributes &
  InspectorProperties;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'gc-auth-messenger': GcAuthMessengerAttributes;
    'gc-auth-inspector': GcAuthInspectorAttributes;
  }
}
