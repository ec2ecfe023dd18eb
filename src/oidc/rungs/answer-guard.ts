import { filter, fromEvent, map, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { GcAuthError } from '../../core/errors.js';
import { answerType, answerVersion } from '../callback/answer-message.js';
import type { AnswerMessage } from '../callback/answer-message.js';
import { isErrorWithoutState } from '../callback/answer-url.js';

/** Who may answer. */
export interface ExpectedAnswer {
  /** The window that was sent to the provider; `null` on a BroadcastChannel, whose messages have no source. */
  readonly source: MessageEventSource | null;
  readonly origin: string;
  readonly state: string;
}

/**
 * The answer in a message. Undefined for every other message; those are ignored without a reaction. An answer that
 * repeats its state, or has it in a JARM response only, belongs to its sender's request, which refuses it.
 *
 * @throws `config-invalid` for a message in the format of another version
 */
export function answerIn(
  event: Pick<MessageEvent<unknown>, 'source' | 'origin' | 'data'>,
  expected: ExpectedAnswer,
): URLSearchParams | undefined {
  if (event.source !== expected.source || event.origin !== expected.origin) return undefined;
  const { type, params, version = answerVersion } = Object(event.data) as Partial<Record<keyof AnswerMessage, unknown>>;
  if (type !== answerType) return undefined;
  if (version !== answerVersion) throw otherVersion();
  if (typeof params !== 'string') return undefined;
  const answer = new URLSearchParams(params);
  if (expected.source && isErrorWithoutState(answer)) answer.set('state', expected.state);
  const states = answer.getAll('state');
  const belongs = states.length ? states.includes(expected.state) : answer.has('response');
  return belongs ? answer : undefined;
}

const otherVersion = (): GcAuthError =>
  new GcAuthError('config-invalid', {
    step: 'code',
    message: 'The callback page is of another version than the bundle.',
    hint: 'Take both from one release, and check that the browser has not cached an old one.',
  });

/** The first answer that arrives at `target`, then completes. */
export const answerAt = (target: Window | BroadcastChannel, expected: ExpectedAnswer): Observable<URLSearchParams> =>
  fromEvent<MessageEvent<unknown>>(target, 'message').pipe(
    map((event) => answerIn(event, expected)),
    filter((answer) => answer !== undefined),
    take(1),
  );
