/** Where an answer belongs: in a silent frame (`s`), a popup (`p`), or the page that a redirect left (`r`). */
export type AnswerTarget = 's' | 'p' | 'r';

/** Parameters of an authorization response (RFC 6749 §4.1.2, RFC 9207, OpenID Connect Session Management §3). */
const answerParameter = /^(code|state|session_state|iss|scope|error|error_description|error_uri)=/;

/**
 * A `state` of ours: an identifier of oidc-client-ts, and as its `url_state` where the answer belongs. Others have no
 * target: an answer to another library is left alone.
 */
const ownState = /^([0-9a-f]{32});([spr])$/;

/** Where the answer to a request of ours belongs; undefined when the state is not ours. */
export const targetOf = (state: string | null): AnswerTarget | undefined =>
  ownState.exec(state ?? '')?.[2] as AnswerTarget | undefined;

/** Identifier under which oidc-client-ts has stored the request; undefined when the state is not ours. */
export const stateIdOf = (state: string | null): string | undefined => ownState.exec(state ?? '')?.[1];

/** An answer to a request of ours in the address of a page. */
export interface AnswerUrl {
  readonly target: AnswerTarget;
  readonly answer: URLSearchParams;
  /** The address without the answer. The page's own query and fragment stay as they were written. */
  readonly rest: string;
}

/** The answer with which a page was opened; undefined on every other page. */
export function answerUrl({ href, search, hash }: Location): AnswerUrl | undefined {
  for (const part of [hash, search]) {
    const answer = new URLSearchParams(part.slice(1));
    const target = targetOf(answer.get('state'));
    if (!target || !(answer.has('code') || answer.has('error'))) continue;
    const own = part
      .slice(1)
      .split('&')
      .filter((pair) => !answerParameter.test(pair))
      .join('&');
    return { target, answer, rest: href.replace(part, () => own && part[0] + own) };
  }
  return undefined;
}
