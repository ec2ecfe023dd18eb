import { filter, fromEvent, map, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { answerType } from '../callback/answer-message.js';
import type { AnswerMessage } from '../callback/answer-message.js';

/** Who may answer. */
export interface ExpectedAnswer {
  /** The window that was sent to the provider; `null` on a BroadcastChannel, whose messages have no source. */
  readonly source: MessageEventSource | null;
  readonly origin: string;
  readonly state: string;
}

/** The answer in a message. Undefined for every other message; those are ignored without a reaction. */
export function answerIn(event: MessageEvent<unknown>, expected: ExpectedAnswer): URLSearchParams | undefined {
  if (event.source !== expected.source || event.origin !== expected.origin) return undefined;
  const { type, params } = Object(event.data) as Partial<Record<keyof AnswerMessage, unknown>>;
  if (type !== answerType || typeof params !== 'string') return undefined;
  const answer = new URLSearchParams(params);
  return answer.get('state') === expected.state ? answer : undefined;
}

/** The first answer that arrives at `target`, then completes. */
export const answerAt = (target: Window | BroadcastChannel, expected: ExpectedAnswer): Observable<URLSearchParams> =>
  fromEvent<MessageEvent<unknown>>(target, 'message').pipe(
    map((event) => answerIn(event, expected)),
    filter((answer) => answer !== undefined),
    take(1),
  );
