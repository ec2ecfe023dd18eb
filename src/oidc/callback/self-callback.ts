import { answerUrl } from './answer-url.js';
import type { AnswerUrl } from './answer-url.js';
import { deliverAnswer } from './deliver-answer.js';
import { carryBack, purgeRedirectRecords, takeRedirectRecord, withoutFragment } from './redirect-record.js';
import type { RedirectRecord } from './redirect-record.js';
import { whenActivated } from './when-activated.js';

/** An answer with which a redirect returned to this page, and what was stored of its request. */
export interface RedirectAnswer {
  readonly answer: URLSearchParams;
  readonly record: RedirectRecord;
}

const received = Symbol.for('gc-auth-messenger:answer');

/** On the window, so that a second copy of this bundle finds it; `true` in a window that only had to deliver an answer. */
interface Holder {
  [received]?: RedirectAnswer | true | undefined;
}

/**
 * Checks whether this page was opened with the provider's answer to a request of ours. Call it first: before a router
 * reads the address, and before the page starts what must not start in a hidden frame.
 *
 * A frame or popup delivers the answer, stops loading, and ends. A page to which a redirect returns keeps the answer in
 * memory, and gets back the address that it had. Every other page is left alone.
 *
 * @returns whether this window only had to deliver an answer: nothing may start in it
 */
export function interceptAnswer(win: Window & Holder): boolean {
  const found = answerUrl(win.location);
  // On every page, also where no session starts yet, or codes come from elsewhere.
  if (!found) purgeRedirectRecords(win);
  if (!found) return win[received] === true;
  const { target } = found;
  // A link with an answer that was meant for a frame opens an ordinary page.
  let ends = target !== 'r' && (target === 's') === (win.parent !== win);
  whenActivated(win.document, () => {
    if (ends) deliverAndEnd(win, found);
    else ends = receiveRedirect(win, found);
  });
  return ends;
}

/** The answer with which a redirect returned to this page, once in the life of the page. */
export function takeRedirectAnswer(win: Window & Holder): RedirectAnswer | undefined {
  // A page that defines the tag itself has not called it yet.
  interceptAnswer(win);
  const found = win[received];
  if (!found || found === true) return undefined;
  win[received] = undefined;
  return found;
}

function deliverAndEnd(win: Window & Holder, { answer, rest }: AnswerUrl): void {
  win[received] = true;
  replaceAddress(win, rest);
  win.stop();
  // Someone opened a link: without the answer it is an ordinary page.
  deliverAnswer(win, answer, () => win.location.reload());
}

/** @returns whether the page is left again, for the one from which the redirect started */
function receiveRedirect(win: Window & Holder, { answer, rest }: AnswerUrl): boolean {
  const record = takeRedirectRecord(win, answer.get('state'));
  // Another query may be another page, so only the fragment can be restored without loading it.
  const here = !record || withoutFragment(record.data.returnTo) === withoutFragment(rest);
  replaceAddress(win, record && here ? record.data.returnTo : rest);
  if (!record) return false;
  if (here || record.data.carried) {
    win[received] = { answer, record };
    return false;
  }
  win[received] = true;
  win.stop();
  carryBack(win, record, answer);
  return true;
}

/** Adds no history entry, and keeps what a router stores in this one. */
function replaceAddress({ history }: Window, url: string): void {
  history.replaceState(history.state, '', url);
}
