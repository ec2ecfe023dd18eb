import { whenActivated } from './activation.js';
import { kindOf } from './answer-url.js';
import { handOver } from './hand-over.js';
import { carryBack, takeTransaction } from './transaction-store.js';

/** Entry of the shipped redirect page: hands the provider's answer to whoever asked for it, and vanishes. */
function answer(): void {
  const { origin, pathname, search, hash } = location;
  const found = new URLSearchParams(`${hash.slice(1)}&${search.slice(1)}`);
  // Before anything else: a code must not stay in the history, nor be answered twice by Back or a reload.
  history.replaceState(null, '', origin + pathname);

  if (!['state', 'code', 'error'].some((name) => found.has(name))) return explain();

  const state = found.get('state');
  if (kindOf(state) !== 'r') return handOver(window, found, explain);
  // Nobody waits beside this window: the asker stood in it, and gets the answer when it is back.
  const transaction = takeTransaction(window, state);
  if (!transaction) return explain();
  carryBack(window, transaction, found);
}

function explain(): void {
  document.querySelector('p')!.hidden = false;
}

whenActivated(document, answer);
