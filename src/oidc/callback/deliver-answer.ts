import { answerChannel, answerType } from './answer-message.js';
import type { AnswerMessage } from './answer-message.js';

/** How long `window.close()` may take, in milliseconds. */
const closingMs = 500;

/** How long a popup with a refusal stays for a second request, in milliseconds. */
const secondRequestMs = 10_000;

/**
 * Delivers the provider's answer from a frame or popup to the page that asked, and closes the popup. A popup with a
 * refusal stays open, so that a fresh request needs no second click.
 *
 * @param otherwise Runs in a popup that is still there when it should be closed.
 */
export function deliverAnswer(win: Window, answer: URLSearchParams, otherwise: () => void): void {
  const message: AnswerMessage = { type: answerType, params: String(answer) };
  // A frame always has a parent, so it needs no channel, and its page waits for the answer.
  if (win.parent !== win) return win.parent.postMessage(message, win.origin);
  const state = answer.get('state');
  if (state) {
    // Cross-Origin-Opener-Policy at the provider removes the opener of this window.
    const channel = new BroadcastChannel(answerChannel(state));
    channel.postMessage(message);
    channel.close();
  }
  const opener = win.opener as Window | null;
  opener?.postMessage(message, win.origin);
  const stays = opener && answer.has('error');
  if (!stays) win.close();
  setTimeout(otherwise, stays ? secondRequestMs : closingMs);
}
