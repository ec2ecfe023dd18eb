import { askAgain, isDecisive, isErrorWithoutState, ownStateIn, targetOf, wholeAnswer } from './answer-url.js';
import { deliverAnswer, postAnswer } from './deliver-answer.js';
import { carryBack, pendingRedirect, takeRedirectRecord } from './redirect-record.js';
import { whenActivated } from './when-activated.js';

/** Entry of the shipped redirect page: delivers the provider's answer to the page that asked. */
function deliver(): void {
  const { origin, pathname, search, hash } = location;
  const answer = wholeAnswer(hash, search);
  // First of all: a code must not stay in the history, nor be delivered twice by Back or a reload. An error without a
  // state does: no channel can bring it, so the page that opened this window reads it there.
  const isLost = isErrorWithoutState(answer);
  if (!isLost) history.replaceState(null, '', origin + pathname);

  if (!isDecisive(answer)) return explain();

  // It belongs to the redirect of this window, if there is one.
  if (isLost && top === window) answer.set('state', pendingRedirect(window) ?? '');
  const state = ownStateIn(answer);
  const target = targetOf(state);
  // An answer for a frame outside of one: the provider has answered an earlier request, here or in a popup.
  const pending = target === 's' && top === window ? pendingRedirect(window) : undefined;
  if (pending) postAnswer(window, answer);
  // No page waits: the one that asked was left in this window, and gets the answer when it is loaded again.
  const record = takeRedirectRecord(window, target === 'r' ? state : pending);
  if (record) carryBack(window, record, pending ? askAgain(pending) : answer, Date.now() - performance.now());
  else if (target === 'r') explain();
  else deliverAnswer(window, answer, explain);
}

/** The script is in the head, so that an answer does not wait for the rest of the page. */
function explain(): void {
  const text = document.querySelector('p');
  if (text) text.hidden = false;
  else addEventListener('load', explain);
}

whenActivated(document, deliver);
