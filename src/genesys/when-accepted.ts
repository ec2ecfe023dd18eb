import { concat, EMPTY, filter, ignoreElements, map, merge, take, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { LoadStage } from './load-stage.js';

/** Longest wait for `Messenger.ready` after Messenger has loaded, in milliseconds. It never comes in headless mode. */
const startMs = 3_000;

/** What is known of Messenger in a window. */
interface Loading {
  readonly stage$: Observable<LoadStage>;
  /** Emits once the plugin `Messenger` takes commands; replays. */
  readonly started$: Observable<unknown>;
}

/**
 * Completes when Messenger takes the command: once it is loaded, and for `Messenger.open` and kin once that plugin has
 * started. Earlier, Messenger drops the command. Errors with what prevents Messenger from loading.
 */
export function whenAccepted(
  { stage$, started$ }: Loading,
  command: string,
  scheduler: SchedulerLike,
): Observable<never> {
  const loaded$ = stage$.pipe(
    map((stage) => {
      if (typeof stage === 'object') throw stage;
      return stage;
    }),
    filter((stage) => stage === 'loaded'),
    take(1),
    ignoreElements(),
  );
  const plugin$ = command.startsWith('Messenger.')
    ? merge(started$, timer(startMs, scheduler)).pipe(take(1), ignoreElements())
    : EMPTY;
  return concat(loaded$, plugin$);
}
