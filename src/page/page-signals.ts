import { defer, fromEvent, merge } from 'rxjs';
import { filter, map } from 'rxjs/operators';
import type { PagePort } from '../session/ports.js';

/** Moments at which a timer may have lied: the page was hidden, frozen, in the back/forward cache, or offline. */
export function createPagePort(win: Window): PagePort {
  const { document } = win;
  const wake = (target: EventTarget, type: string, when: (event: Event) => boolean = () => true) =>
    fromEvent<Event>(target, type).pipe(
      filter(when),
      map(() => type),
    );
  return {
    wake$: defer(() =>
      merge(
        wake(document, 'visibilitychange', () => document.visibilityState === 'visible'),
        wake(document, 'resume'),
        wake(win, 'pageshow', (event) => (event as PageTransitionEvent).persisted),
        wake(win, 'online'),
        wake(win, 'focus'),
      ),
    ),
    isVisible: () => document.visibilityState !== 'hidden',
    isOnline: () => win.navigator.onLine,
  };
}
