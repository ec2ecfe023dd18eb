import { filter, fromEvent, map, merge } from 'rxjs';
import { platformEvents, platformMember } from '../core/platform-member.js';
import type { PagePort } from '../session/ports.js';

/** Visibility, network and user activation of this page. `isUntouched`: nobody has used it yet; default: unknown. */
export function createPagePort(win: Window, isUntouched: () => boolean = () => false): PagePort {
  const { document } = win;
  const events = platformEvents(document);
  const isVisible = (): boolean => platformMember(document, 'visibilityState') !== 'hidden';
  return {
    // Timers may have been throttled or stopped until then: hidden, frozen, in the back/forward cache, or offline.
    wake$: merge(
      fromEvent(events, 'visibilitychange').pipe(filter(isVisible)),
      fromEvent(events, 'resume'),
      fromEvent<PageTransitionEvent>(win, 'pageshow').pipe(filter(({ persisted }) => persisted)),
      fromEvent(win, 'online'),
      fromEvent(win, 'focus'),
    ).pipe(map(({ type }) => type)),
    isVisible,
    isOnline: () => win.navigator.onLine,
    isUntouched,
    // A browser without `userActivation` counts as not activated: the person clicks once more.
    isActivated: () => (win.navigator.userActivation as UserActivation | undefined)?.isActive === true,
  };
}
