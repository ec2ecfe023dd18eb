import { answerChannel, answerType } from './answer-message.js';
import type { AnswerMessage } from './answer-message.js';

/** How long a window that asked to be closed may take before the sentence appears. */
const closingMs = 500;

/** Entry of the shipped redirect page: hands the provider's answer to whoever asked for it, and vanishes. */
function handOver(): void {
  const { origin, pathname, search, hash } = location;
  const answer = new URLSearchParams(`${hash.slice(1)}&${search.slice(1)}`);
  // Before anything else: a code must not stay in the history, nor be answered twice by Back or a reload.
  history.replaceState(null, '', origin + pathname);

  if (!['state', 'code', 'error'].some((name) => answer.has(name))) return explain();

  const message: AnswerMessage = { type: answerType, params: String(answer) };
  const state = answer.get('state');
  if (state) {
    // A provider that sends Cross-Origin-Opener-Policy leaves this window without an opener.
    const channel = new BroadcastChannel(answerChannel(state));
    channel.postMessage(message);
    channel.close();
  }
  const framed = parent !== window;
  const asker = (framed ? parent : opener) as Window | null;
  asker?.postMessage(message, origin);
  if (framed) return;
  window.close();
  setTimeout(explain, asker ? closingMs : 0);
}

function explain(): void {
  document.querySelector('p')!.hidden = false;
}

// A prerendered page would spend the answer before anyone came: https://developer.mozilla.org/docs/Web/API/Document/prerendering
if ('prerendering' in document && document.prerendering) {
  document.addEventListener('prerenderingchange', handOver, { once: true });
} else {
  handOver();
}
