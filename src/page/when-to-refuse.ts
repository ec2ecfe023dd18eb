import type { ErrorCode } from '../core/errors.js';

/** How long attributes may arrive one after the other while the page is still being parsed, in milliseconds. */
const parsingMs = 1_000;

/** How long a swap of parts of the page (htmx, Turbo) may leave the old element beside the new one, in milliseconds. */
const swapMs = 500;

/**
 * Calls back when an element that cannot start must say so: later, where what is wrong may still change by itself.
 * Returns a function that cancels.
 */
export function whenToRefuse(code: ErrorCode, win: Window, refuse: () => void): () => void {
  const parsing = code === 'config-invalid' && win.document.readyState === 'loading';
  if (!parsing && code !== 'duplicate-element') {
    refuse();
    return () => undefined;
  }
  const cancel = (): void => {
    win.clearTimeout(timer);
    win.document.removeEventListener('DOMContentLoaded', end);
  };
  const end = (): void => {
    cancel();
    refuse();
  };
  const timer = win.setTimeout(end, parsing ? parsingMs : swapMs);
  if (parsing) win.document.addEventListener('DOMContentLoaded', end);
  return cancel;
}
