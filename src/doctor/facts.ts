import type { Config } from '../core/config.js';
import type { Markup, MarkupScript } from './markup.js';

/** An answer of a server, as far as the door may see it. */
export interface Answer {
  /** Address after redirects. */
  readonly url: string;
  /** The answer came from another address than the one asked for. */
  readonly redirected?: boolean;
  readonly status: number;
  /** By name in lower case; several headers of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** `Set-Cookie` of all answers on the way. Undefined where they cannot be seen. */
  readonly cookies?: readonly string[];
  readonly body: string;
  /** A page may read it from another origin. Undefined where that was not asked. */
  readonly cors?: boolean;
  /** The server's clock ahead of this device's, in milliseconds. Undefined where the answer says no time, or came from a cache. */
  readonly clockAheadMs?: number;
}

/**
 * Why there is no answer. `cors`: there is one, but the page may not read it. `policy`: the page's Content-Security-Policy
 * forbids the request.
 */
export interface NoAnswer {
  readonly failed: 'unreachable' | 'timeout' | 'cors' | 'policy';
  /** The reason that the platform gives, such as `ENOTFOUND`. */
  readonly detail?: string;
}

export type Fetched = Answer | NoAnswer;

/** A value of the tag that cannot be used. */
export interface ConfigFault {
  /** Name of the attribute, or of the property without one. */
  readonly attribute: string;
  readonly missing: boolean;
  readonly message: string;
  readonly hint: string;
}

/** The page with the element. */
export interface PageFacts {
  /** Without query and fragment, which may hold secrets. */
  readonly url: string;
  readonly secure?: boolean;
  /** The page as its server sends it. */
  readonly answer?: Fetched;
  /** Policies in `<meta http-equiv="Content-Security-Policy">`. */
  readonly metaPolicies?: readonly string[];
  /** The tag and the policy are from one answer, so a nonce must be the same in both. */
  readonly sameAnswer?: boolean;
  /** Scripts of the markup that load the bundle. `inert`: the parser does not run it. */
  readonly bundles?: ReadonlyArray<
    Omit<MarkupScript, 'src' | 'text'> & { readonly url: string; readonly answer?: Fetched }
  >;
  /** Number of `<gc-auth-messenger>` elements, also of those that a script tag makes. */
  readonly tags?: number;
  /** Deployment in a Messenger snippet of the page's own. */
  readonly snippet?: { readonly deploymentId?: string; readonly environment?: string };
  /** Whether another site's page contains this one in a frame. */
  readonly framedByOtherSite?: boolean;
  /** Whether `localStorage` can be written. */
  readonly storage?: boolean;
  readonly online?: boolean;
}

/**
 * What a door has found out. A door leaves out what it cannot see, and a check whose facts are missing has no result.
 */
export interface Facts {
  /** Attributes of the tag, as written. Absent: the values come from script or from options. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Absent before any value was read. Values of `broken` are stand-ins. */
  readonly config?: Config;
  readonly configFaults?: readonly ConfigFault[];
  /** Properties of `config` that are missing or malformed. */
  readonly broken?: readonly string[];
  readonly page?: PageFacts;
  readonly deployment?: {
    readonly domains?: Fetched;
    readonly config?: Fetched;
    /** Environment that has the deployment, where the configured one does not. */
    readonly foundIn?: string;
  };
  readonly script?: Fetched;
  readonly callback?: {
    /** The redirect URI is that of the page with the element, which takes the answer. */
    readonly isPage?: boolean;
    readonly answer?: Fetched;
    /** What the answer says. Absent where the door cannot read markup. */
    readonly markup?: Markup;
    /** The script that takes the answer. */
    readonly script?: { readonly url: string; readonly answer?: Fetched };
  };
  /** The discovery document. Absent with the property `metadata`. */
  readonly discovery?: Fetched;
  /** The discovery document or the property `metadata`, read. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Answer to an authorization request with `prompt=none` in a frame, after redirects at the provider. */
  readonly authorize?: Fetched;
  /** `state` of that request. */
  readonly authorizeState?: string;
  /** Answer to a request for `storage-access-uri`. */
  readonly storageAccess?: Fetched;
  /** Whether page and provider are on the same site, by the public suffix list. */
  readonly sameSite?: boolean;
}

export const isAnswer = (fetched: Fetched | undefined): fetched is Answer =>
  fetched !== undefined && !('failed' in fetched);

/** What happened to a request without an answer, as the end of a sentence. */
export function failureText({ failed, detail }: NoAnswer): string {
  const text = {
    unreachable: 'could not be reached',
    timeout: 'did not answer in time',
    cors: 'was answered without CORS headers',
    policy: 'is forbidden by the page’s Content-Security-Policy',
  }[failed];
  return detail ? `${text} (${detail})` : text;
}

/** The host of an address as it is shown. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

export const header = ({ headers }: Answer, name: string): string => headers[name] ?? '';
