import { Observable } from 'rxjs';
import { answerType } from './answer-message.js';
import type { AnswerMessage } from './answer-message.js';

/** From whom an answer is awaited. */
export interface LiveRequest {
  /** The window it was sent to; `null` on a BroadcastChannel, whose messages have no source. */
  readonly source: MessageEventSource | null;
  readonly origin: string;
  readonly state: string;
}

/** The answer in a message, or `undefined` for everything else, which deserves no reaction at all. */
export function answerIn(event: MessageEvent<unknown>, live: LiveRequest): URLSearchParams | undefined {
  if (event.source !== live.source || event.origin !== live.origin) return undefined;
  const { type, params } = Object(event.data) as Partial<Record<keyof AnswerMessage, unknown>>;
  if (type !== answerType || typeof params !== 'string') return undefined;
  const answer = new URLSearchParams(params);
  return answer.get('state') === live.state ? answer : undefined;
}

/** The first answer that arrives at `target`; waits for ever when there is none. */
export const answerAt = (target: Window | BroadcastChannel, live: LiveRequest): Observable<URLSearchParams> =>
  new Observable((subscriber) => {
    const hear = (event: Event): void => {
      const answer = answerIn(event as MessageEvent<unknown>, live);
      if (!answer) return;
      subscriber.next(answer);
      subscriber.complete();
    };
    target.addEventListener('message', hear);
    return () => target.removeEventListener('message', hear);
  });
