import type { ConfiguredElement } from '../element/configured-element.js';
import type { GcEventMap } from '../element/events.js';
import type { GcAuthMessenger } from '../element/gc-auth-messenger.js';
import type { GcAuthInspector } from '../inspector/gc-auth-inspector.js';

/** Properties without an attribute. */
type PropertyOnly = 'metadata' | 'codeProvider' | 'messengerEvents' | 'strings';

type Properties = Exclude<keyof typeof ConfiguredElement.properties, PropertyOnly>;

/** `deploymentId` is the attribute `deployment-id`. */
type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}`
  : Name;

/** The attributes of the tag, as templates write them. */
export type TagAttributes = {
  [Name in Properties as Kebab<Name>]?: ConfiguredElement[Name] | undefined;
};

/** The properties that script sets. Frameworks that look for a property set it by this name. */
export type TagProperties = {
  [Name in Properties | PropertyOnly]?: ConfiguredElement[Name] | undefined;
};

/** The events of the tag as properties of a template: `ongc-token` with the prefix `on`. */
export type TagListeners<Prefix extends string> = {
  [Name in keyof GcEventMap as `${Prefix}${Name}`]?: ((event: GcEventMap[Name]) => void) | undefined;
};

/**
 * A reference to the element: a function as React, Preact and Solid call it, an object, or a variable that Solid sets. A
 * method, so that a function that takes no `null` is accepted, too: Solid passes none.
 */
type Reference<Tag> = { call(element: Tag | null): void | (() => void) }['call'] | { current: Tag | null } | Tag | null;

/** What every element takes. The types of a framework are not used, because only one of them is installed. */
interface BaseProps<Tag> {
  children?: unknown;
  key?: string | number | bigint | null | undefined;
  ref?: Reference<Tag> | undefined;
  id?: string | undefined;
  class?: string | undefined;
  className?: string | undefined;
  style?: string | object | undefined;
  slot?: string | undefined;
  part?: string | undefined;
  hidden?: boolean | undefined;
  lang?: string | undefined;
  dir?: string | undefined;
  nonce?: string | undefined;
  suppressHydrationWarning?: boolean | undefined;
}

/** `prop:metadata` sets a property in Solid. */
type SolidProperties = {
  [Name in keyof TagProperties as `prop:${Name}`]?: TagProperties[Name];
};

/** The tag in JSX: React 19 and Preact listen with `ongc-token`, Solid with `on:gc-token`. */
export interface TagProps
  extends
    BaseProps<GcAuthMessenger>,
    TagAttributes,
    TagProperties,
    SolidProperties,
    TagListeners<'on'>,
    TagListeners<'on:'> {}

/** The attributes of `<gc-auth-inspector>`, as templates write them: the ID of the element to look at, and whether it is open. */
export interface InspectorAttributes {
  for?: string | undefined;
  open?: boolean | undefined;
}

/** The properties of the inspector. Frameworks that look for a property set it by this name. */
export interface InspectorProperties {
  htmlFor?: string | undefined;
  open?: boolean | undefined;
}

/** The inspector in JSX. */
export interface InspectorProps extends BaseProps<GcAuthInspector>, InspectorAttributes, InspectorProperties {}

/** For `JSX.IntrinsicElements`. */
export interface CustomElements {
  'gc-auth-messenger': TagProps;
  'gc-auth-inspector': InspectorProps;
}
