import type { Answer } from './facts.js';
import { header } from './facts.js';

/** How far the server's clock is ahead of this device's, from an answer that has just arrived. */
export function withClock(answer: Answer, now = Date.now()): Answer {
  const date = Date.parse(header(answer, 'date'));
  // A cache on the way says how old its copy is (RFC 9111 §5.1).
  const age = Number(header(answer, 'age') || 0) * 1000;
  return date + age > 0 ? { ...answer, clockAheadMs: date + age - now } : answer;
}
