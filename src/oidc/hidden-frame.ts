import { Observable } from 'rxjs';
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
  new Observable((subscriber) => {
    const frame = createFrame(win.document, url);
    // Scripts in the head run before there is a body.
    ((win.document.body as HTMLElement | null) ?? win.document.documentElement).append(frame);
    subscriber.add(() => frame.remove());
    answerAt(win, { source: frame.contentWindow, origin: win.origin, state }).subscribe(subscriber);
  });

/**
 * Hidden by attributes alone: a `style` attribute is a violation under a strict `style-src`. Not sandboxed: a frame that
 * may run scripts on this origin makes Chromium warn on the console, with the address of the frame and the code in it.
 */
function createFrame(document: Document, url: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  const attributes = {
    title: 'Sign-in',
    hidden: '',
    'aria-hidden': 'true',
    tabindex: '-1',
    width: '0',
    height: '0',
    // Set before the frame is in the document, so that the page's history gets no entry.
    src: url,
  };
  for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
  return frame;
}
