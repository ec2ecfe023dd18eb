import { whenActivated } from './activation.js';
import { answerUrl } from './answer-url.js';
import type { AnswerUrl } from './answer-url.js';
import { handOver } from './hand-over.js';
import { carryBack, takeTransaction, withoutFragment } from './transaction-store.js';
import type { Transaction } from './transaction-store.js';

/** An answer that came to this page, and what was remembered of its request. */
export interface CameBack {
  readonly answer: URLSearchParams;
  readonly transaction: Transaction;
}

const held = Symbol.for('gc-auth-messenger:answer');

/** On the window, so that a second copy of this bundle finds it; `true` in a window that only had to answer. */
interface Holder {
  [held]?: CameBack | true | undefined;
}

/**
 * Looks whether this page was opened with an answer of the provider to a request of ours. Call it before everything else:
 * before a router reads the address, and before the page begins what a hidden frame must not begin.
 *
 * A frame or popup hands the answer over, loads nothing further, and ends. A page that comes back from a redirect keeps
 * the answer in memory, and its address is again what it was. Everything else is an ordinary page.
 *
 * @returns whether this window only had to answer: nothing may start in it
 */
export function answerHere(win: Window & Holder): boolean {
  const found = answerUrl(win.location);
  if (!found) return win[held] === true;
  const { kind } = found;
  // A link to an answer that was meant for a frame opens an ordinary page.
  let ends = kind !== 'r' && (kind === 's') === (win.parent !== win);
  whenActivated(win.document, () => {
    if (ends) answerAndEnd(win, found);
    else ends = comeBack(win, found);
  });
  return ends;
}

/** The answer with which a redirect came back to this page, once in the page's life. */
export function takeCameBack(win: Window & Holder): CameBack | undefined {
  // Who defines the tag by hand did not look yet.
  answerHere(win);
  const found = win[held];
  if (!found || found === true) return undefined;
  win[held] = undefined;
  return found;
}

function answerAndEnd(win: Window & Holder, { answer, rest }: AnswerUrl): void {
  win[held] = true;
  replaceAddress(win, rest);
  win.stop();
  // Someone opened a link: without the answer it is an ordinary page.
  handOver(win, answer, () => win.location.reload());
}

/** @returns whether the page is left again, for the one from which the redirect began */
function comeBack(win: Window & Holder, { answer, rest }: AnswerUrl): boolean {
  const transaction = takeTransaction(win, answer.get('state'));
  // A page that depends on its query is another page without it, so only the fragment can be put back in place.
  const here = !transaction || withoutFragment(transaction.returnTo) === withoutFragment(rest);
  replaceAddress(win, transaction && here ? transaction.returnTo : rest);
  if (!transaction) return false;
  if (here || transaction.carried) {
    win[held] = { answer, transaction };
    return false;
  }
  win[held] = true;
  win.stop();
  carryBack(win, transaction, answer);
  return true;
}

/** No new entry, and what a router keeps in this one stays. */
function replaceAddress({ history }: Window, url: string): void {
  history.replaceState(history.state, '', url);
}
