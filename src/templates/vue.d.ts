import type { DefineComponent } from 'vue';
import type { GcEventMap } from '../element/events.js';
import type { InspectorAttributes, InspectorProperties, TagAttributes, TagProperties } from './tag.js';

/** `gc-token` is `GcToken`. */
type Pascal<Name extends string> = Name extends `${infer Word}-${infer Rest}`
  ? `${Capitalize<Word>}${Pascal<Rest>}`
  : Capitalize<Name>;

/** Vue reads `@gc-token` as the property `onGcToken`. */
type Listeners = {
  [Name in keyof GcEventMap as `on${Pascal<Name>}`]?: ((event: GcEventMap[Name]) => void) | undefined;
};

/** The tag in a template of Vue: attributes, properties with `.prop`, and events with `@`. */
export type GcAuthMessengerComponent = DefineComponent<TagAttributes & TagProperties & Listeners>;

/** The inspector in a template of Vue. */
export type GcAuthInspectorComponent = DefineComponent<InspectorAttributes & InspectorProperties>;

declare module 'vue' {
  interface GlobalComponents {
    'gc-auth-messenger': GcAuthMessengerComponent;
    'gc-auth-inspector': GcAuthInspectorComponent;
  }
}
