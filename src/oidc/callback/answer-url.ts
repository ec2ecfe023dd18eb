/** Where an answer belongs: in a silent frame (`s`), a popup (`p`), or the page that a redirect left (`r`). */
export type AnswerTarget = 's' | 'p' | 'r';

/**
 * Parameters that decide what an authorization response means. Each may occur once.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.1
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-2
 */
export const decisiveParameters = ['code', 'state', 'iss', 'error', 'response'];

/** Parameters of an authorization response (RFC 6749 §4.1.2, RFC 9207, OpenID Connect Session Management §3, JARM). */
const answerParameter = /^(code|state|session_state|iss|scope|error|error_description|error_uri|response)$/;

/**
 * A `state` of ours: an identifier of oidc-client-ts, and as its `url_state` where the answer belongs. Others have no
 * target: an answer to another library is left alone.
 */
const ownState = /^([0-9a-f]{32});([spr])$/;

/** Longest value of `error`, `error_description` and `error_uri`, in characters. */
const maxErrorLength = 1000;

/** Where the answer to a request of ours belongs; undefined when the state is not ours. */
export const targetOf = (state: string | null | undefined): AnswerTarget | undefined =>
  ownState.exec(state ?? '')?.[2] as AnswerTarget | undefined;

/** Identifier under which oidc-client-ts has stored the request; undefined when the state is not ours. */
export const stateIdOf = (state: string | null | undefined): string | undefined => ownState.exec(state ?? '')?.[1];

/** Every state in an answer, also the one in the JWT of a JARM response. The JWT is not verified: its answer is refused. */
export function statesIn(answer: URLSearchParams): string[] {
  const states = answer.getAll('state');
  const response = answer.get('response');
  // An exception costs more than all the rest, in a document in which nothing is compiled yet.
  if (response === null) return states;
  try {
    const [, claims] = response.split('.');
    states.push(String((JSON.parse(atob(claims!.replace(/-/g, '+').replace(/_/g, '/'))) as { state: unknown }).state));
  } catch {
    // Encrypted.
  }
  return states;
}

/** The first state of ours in an answer. */
export const ownStateIn = (answer: URLSearchParams): string | undefined =>
  statesIn(answer).find((state) => targetOf(state));

/** Whether it says how a request ended. */
export const hasOutcome = (answer: URLSearchParams): boolean =>
  ['code', 'error', 'response'].some((name) => answer.has(name));

/**
 * An error that does not say to which request it belongs, as some providers answer. From the very window that was sent it
 * belongs to the request of that window. It leads to a prompt at most; a code without a state is refused.
 */
export const isErrorWithoutState = (answer: URLSearchParams): boolean =>
  answer.has('error') && !['state', 'code', 'response'].some((name) => answer.has(name));

/** An answer in place of one that belongs to an earlier request: a person is asked for once more. */
export const askAgain = (state: string): URLSearchParams => new URLSearchParams({ error: 'login_required', state });

const parse = (part: string): URLSearchParams => new URLSearchParams(part.slice(1));

/** Whether it is an answer, or a part of one. */
export const isDecisive = (params: URLSearchParams): boolean => decisiveParameters.some((name) => params.has(name));

/**
 * The answer in query and fragment. Providers use one of them, so where both have parameters of an answer, `state` is
 * repeated, for the page that asked to refuse it. Long error texts are cut.
 */
export function wholeAnswer(...parts: readonly string[]): URLSearchParams {
  const all = parts.map(parse);
  const answer = new URLSearchParams();
  for (const params of all) {
    params.forEach((value, name) =>
      answer.append(name, name.startsWith('error') ? value.slice(0, maxErrorLength) : value),
    );
  }
  const state = answer.get('state');
  if (state !== null && all.filter(isDecisive).length > 1) answer.append('state', state);
  return answer;
}

/** An answer to a request of ours in the address of a page. */
export interface AnswerUrl {
  readonly target: AnswerTarget;
  /** The state of the request. */
  readonly state: string;
  readonly answer: URLSearchParams;
  /** Parameters of an answer beside `answer`, which the page's own query may have too. */
  readonly beside: string;
  /** The address without the answer. The page's own query and fragment stay as they were written. */
  readonly rest: string;
}

/** The answer with which a page was opened; undefined on every other page. */
export function answerUrl({ href, search, hash }: Location): AnswerUrl | undefined {
  const ours = [hash, search].filter((part) => ownStateIn(parse(part)));
  const main = ours.find((part) => hasOutcome(parse(part))) ?? ours[0];
  if (main === undefined) return undefined;
  const other = main === hash ? search : hash;
  const complete = hasOutcome(parse(main));
  if (!complete && !hasOutcome(parse(other))) return undefined;

  const state = ownStateIn(parse(main))!;
  const target = targetOf(state)!;
  // A redirect is carried back to a page whose own query may have such a name, for example `?code=SPRING24`.
  const both = ours.length > 1 || !complete || target !== 'r';
  const beside = !both && isDecisive(parse(other)) ? other : '';
  const rest = href.replace(main, withoutAnswer);
  return {
    target,
    state,
    answer: both ? wholeAnswer(main, other) : wholeAnswer(main),
    beside,
    rest: both && isDecisive(parse(other)) ? rest.replace(other, withoutAnswer) : rest,
  };
}

/** Compares decoded names: `c%6Fde` is `code` too. */
export function withoutAnswer(part: string): string {
  const own = part
    .slice(1)
    .split('&')
    // The parser ignores a question mark at the start.
    .filter((pair, index) => ![...new URLSearchParams((index ? '&' : '') + pair).keys()].some(isAnswerParameter))
    .join('&');
  return own && part[0]! + own;
}

const isAnswerParameter = (name: string): boolean => answerParameter.test(name);
