/** Where an answer belongs: into a silent frame, into a popup, or to the page that a redirect left. */
export type AnswerKind = 's' | 'p' | 'r';

/** Parameters of an authorization response (RFC 6749 §4.1.2, RFC 9207, OpenID Connect Session Management §3). */
const ofAnswers = /^(code|state|session_state|iss|scope|error|error_description|error_uri)=/;

/** What a `state` of ours was made for. Foreign ones have no kind: an answer to another library is left alone. */
export const kindOf = (state: string | null): AnswerKind | undefined =>
  /^([spr])\.[\w-]{43}$/.exec(state ?? '')?.[1] as AnswerKind | undefined;

/** An answer to a request of ours in the address of a page. */
export interface AnswerUrl {
  readonly kind: AnswerKind;
  readonly answer: URLSearchParams;
  /** The address without it; what is the page's own in query and fragment stays as it was written. */
  readonly rest: string;
}

/** The answer with which a page was opened; `undefined` on every other page. */
export function answerUrl({ href, search, hash }: Location): AnswerUrl | undefined {
  for (const part of [hash, search]) {
    const answer = new URLSearchParams(part.slice(1));
    const kind = kindOf(answer.get('state'));
    if (!kind || !(answer.has('code') || answer.has('error'))) continue;
    const own = part
      .slice(1)
      .split('&')
      .filter((pair) => !ofAnswers.test(pair))
      .join('&');
    return { kind, answer, rest: href.replace(part, () => own && part[0] + own) };
  }
  return undefined;
}
