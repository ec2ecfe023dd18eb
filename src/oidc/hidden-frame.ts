import { defer, finalize } from 'rxjs';
import type { Observable } from 'rxjs';
import { answerAt } from './message-guard.js';

/** Where to go, and how to know the answer. */
export interface AuthorizationVisit {
  readonly url: string;
  readonly state: string;
}

/**
 * Frame in, answer out, frame gone. Waits for ever when nothing answers, so the deadline belongs to who subscribes:
 * from outside, a provider's error page cannot be told from a slow one.
 */
export const visitInHiddenFrame = (win: Window, { url, state }: AuthorizationVisit): Observable<URLSearchParams> =>
  defer(() => {
    const frame = createFrame(win.document, url);
    // Scripts in the head run before there is a body.
    ((win.document.body as HTMLElement | null) ?? win.document.documentElement).append(frame);
    return answerAt(win, { source: frame.contentWindow, origin: win.origin, state }).pipe(
      finalize(() => frame.remove()),
    );
  });

/** Hidden by attributes alone: a `style` attribute is a violation under a strict `style-src`. */
function createFrame(document: Document, url: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  const attributes = {
    title: 'Sign-in',
    hidden: '',
    'aria-hidden': 'true',
    tabindex: '-1',
    width: '0',
    height: '0',
    // No top navigation: a login page that breaks out of frames must not take this page along.
    sandbox: 'allow-scripts allow-same-origin allow-forms',
    // Set before the frame is in the document, so that the page's history gets no entry.
    src: url,
  };
  for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
  return frame;
}
