import { catchError, connect, EMPTY, endWith, ignoreElements, map, merge, race, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { Input } from '../core/input.js';
import type { Ports } from './ports.js';

/** Longest wait for the answer of a redirect, in milliseconds: it is in memory, and is read in a few of them. */
const returnedMs = 1_000;

/** What starts a session, and what the page and other tabs tell it after that. */
export const startInputs = ({ page, tabs, persistence, code }: Ports, scheduler: SchedulerLike): Observable<Input> =>
  merge(
    page.wake$.pipe(map((reason): Input => ({ type: 'wake', reason }))),
    tabs.messages$.pipe(map((message): Input => ({ type: 'tab-message', message }))),
    code.returned().pipe(
      map(({ answer, kept, ageMs = 0, silent = false }): Input => {
        return { type: 'returned', answer, windowOpen: kept.windowOpen, ageMs, silent };
      }),
      catchError(() => EMPTY),
      // The code of a redirect comes first: a Messenger that is already loaded asks for one as soon as the session starts.
      connect((returned$) =>
        merge(
          returned$,
          race(returned$.pipe(ignoreElements(), endWith(true)), timer(returnedMs, scheduler)).pipe(
            map((): Input => ({
              type: 'start',
              loopEntries: persistence.loopEntries(),
              blocked: !persistence.available,
            })),
          ),
        ),
      ),
    ),
  );
