import { Observable } from 'rxjs';
import type { PagePort } from '../session/ports.js';

/** Moments at which a timer may have lied: the page was hidden, frozen, in the back/forward cache, or offline. */
export function createPagePort(win: Window): PagePort {
  const { document } = win;
  const isVisible = (): boolean => document.visibilityState !== 'hidden';
  return {
    wake$: new Observable((subscriber) => {
      const listening = new AbortController();
      const wake = (target: EventTarget, type: string, when: (event: Event) => boolean = () => true): void =>
        target.addEventListener(type, (event) => when(event) && subscriber.next(type), { signal: listening.signal });
      wake(document, 'visibilitychange', isVisible);
      wake(document, 'resume');
      wake(win, 'pageshow', (event) => (event as PageTransitionEvent).persisted);
      wake(win, 'online');
      wake(win, 'focus');
      return () => listening.abort();
    }),
    isVisible,
    isOnline: () => win.navigator.onLine,
    // Where activation cannot be asked for, the person clicks once more.
    isActivated: () => (win.navigator.userActivation as UserActivation | undefined)?.isActive === true,
  };
}
