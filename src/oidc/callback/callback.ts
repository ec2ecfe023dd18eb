import { hasOutcome, ownStateIn, targetOf, wholeAnswer } from './answer-url.js';
import { deliverAnswer } from './deliver-answer.js';
import { carryBack, takeRedirectRecord } from './redirect-record.js';
import { whenActivated } from './when-activated.js';

/** Entry of the shipped redirect page: delivers the provider's answer to the page that asked. */
function deliver(): void {
  const { origin, pathname, search, hash } = location;
  const answer = wholeAnswer(hash, search);
  // First of all: a code must not stay in the history, nor be delivered twice by Back or a reload.
  history.replaceState(null, '', origin + pathname);

  if (!answer.has('state') && !hasOutcome(answer)) return explain();

  const state = ownStateIn(answer);
  if (targetOf(state) !== 'r') return deliverAnswer(window, answer, explain);
  // No page waits: the one that asked was left in this window, and gets the answer when it is loaded again.
  const record = takeRedirectRecord(window, state);
  if (!record) return explain();
  carryBack(window, record, answer);
}

function explain(): void {
  document.querySelector('p')!.hidden = false;
}

whenActivated(document, deliver);
