import { asyncScheduler, fromEvent, merge, NEVER, take, timer } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { ErrorCode } from '../core/errors.js';
import { platformEvents, platformMember } from '../core/platform-member.js';

/** How long attributes may arrive one after the other while the page is still being parsed, in milliseconds. */
const parsingMs = 1_000;

/** How long a swap of parts of the page (htmx, Turbo) may leave the old element beside the new one, in milliseconds. */
const swapMs = 500;

/**
 * Calls back when an element that cannot start must say so: later, where what is wrong may still change by itself.
 * Returns a function that cancels.
 */
export function whenToRefuse(
  code: ErrorCode,
  { document }: Pick<Window, 'document'>,
  refuse: () => void,
  scheduler: SchedulerLike = asyncScheduler,
): () => void {
  const parsing = code === 'config-invalid' && platformMember(document, 'readyState') === 'loading';
  if (!parsing && code !== 'duplicate-element') {
    refuse();
    return () => undefined;
  }
  const parsed = parsing ? fromEvent(platformEvents(document), 'DOMContentLoaded') : NEVER;
  const waiting = merge(timer(parsing ? parsingMs : swapMs, scheduler), parsed)
    .pipe(take(1))
    .subscribe(() => refuse());
  return () => waiting.unsubscribe();
}
