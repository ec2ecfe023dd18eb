import { platformEvents, platformMember } from '../core/platform-member.js';
import { attempt } from '../core/stored-value.js';
import { monotonicClock } from './clock.js';

/** How long a page counts as being loaded, in milliseconds. */
const loadingMs = 30_000;

/** What a person does with a page. */
const touches = ['pointerdown', 'touchstart', 'wheel', 'scroll', 'keydown', 'input'];

/**
 * Watches whether somebody has used this page. Returns whether it is still being loaded and nobody has.
 *
 * What happened before this script ran is known from Event Timing, from the position and from the text fields. Not from
 * `userActivation`: scrolling does not count there, and what drivers of browsers do counts.
 *
 * @see https://www.w3.org/TR/event-timing/#sec-first-input-delay
 */
export function watchUntouched(win: Window): () => boolean {
  const { document } = win;
  const clock = monotonicClock(win);
  const { addEventListener, removeEventListener } = platformEvents(document);
  // A page that is opened at a fragment scrolls by itself. A page that is not drawn yet has no scroll event.
  const hasScrolled = (): boolean => win.scrollY !== 0 && win.location.hash === '';
  let untouched = clock.now() < loadingMs && !hasScrolled();
  if (!untouched) return () => false;

  const Observer = (win as Partial<Pick<typeof globalThis, 'PerformanceObserver'>>).PerformanceObserver;
  const observer = Observer && new Observer(() => touched());
  const touched = (): void => {
    untouched = false;
    observer?.disconnect();
    clearTimeout(timer);
    for (const type of touches) removeEventListener(type, onEvent, true);
  };
  const onEvent = (event: Event): void => {
    if (event.isTrusted) touched();
  };
  const timer = setTimeout(touched, loadingMs - clock.now());
  attempt(() => observer?.observe({ type: 'first-input', buffered: true }));
  for (const type of touches) addEventListener(type, onEvent, { capture: true, passive: true });
  return () => untouched && !hasScrolled() && !hasTyped(document);
}

/** Whether a text field has another text than the page gave it, or is being edited. */
function hasTyped(document: Document): boolean {
  const active = platformMember(document, 'activeElement');
  if (active instanceof HTMLElement && active.isContentEditable) return true;
  const find = platformMember(document, 'querySelectorAll');
  return [...find<HTMLInputElement | HTMLTextAreaElement>('input,textarea')].some(
    ({ type, value, defaultValue }) => type !== 'hidden' && value !== defaultValue,
  );
}
