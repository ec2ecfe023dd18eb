import type { Field } from '../field.js';
import type { FieldReader } from '../field-reader.js';

/** One thing to do, and the value to copy. */
export interface Step {
  readonly title: string;
  /** To be copied as it is. Absent: there is none, or it is not known yet. */
  readonly value?: string | undefined;
  readonly text?: string | undefined;
}

/** What the client at the provider must know. */
export interface Registration {
  readonly redirectUri: string | undefined;
  /** Of the page. */
  readonly origin: string | undefined;
  readonly postLogoutRedirectUri: string | undefined;
  /** As in the tag. */
  readonly scope: string;
}

export interface Provider {
  readonly id: string;
  readonly title: string;
  /** Its recipe, in the folder `docs/providers`. */
  readonly recipe?: string;
  readonly fields: readonly Field[];
  /** Default: `openid profile email offline_access`. */
  readonly scope?: (clientId: string) => string;
  /** The attributes that only this provider decides; undefined where a field is missing. */
  readonly attributes: (read: FieldReader) => Readonly<Record<string, string | undefined>>;
  /** Where it signs people in, if that is on another host than `authority`. */
  readonly authorizationEndpoint?: (read: FieldReader) => string | undefined;
  /** Where the client is registered, and how. */
  readonly where: string;
  readonly steps: (client: Registration) => readonly Step[];
}

export const recommendedScope = 'openid profile email offline_access';

/** Joins the parts of an address; undefined when one of them is. */
export const joined = (...parts: ReadonlyArray<string | undefined>): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join('');

/** Only if there is something to register. */
export const afterSignOut = (title: string, { postLogoutRedirectUri }: Registration): readonly Step[] =>
  postLogoutRedirectUri === undefined ? [] : [{ title, value: postLogoutRedirectUri }];
