import { answerChannel, answerType } from './answer-message.js';
import type { AnswerMessage } from './answer-message.js';

/** How long a window that asked to be closed may take, in milliseconds. */
const closingMs = 500;

/** How long a window is left to its asker, who may send it to the provider once more, in milliseconds. */
const keptMs = 10_000;

/**
 * Hands the provider's answer from a frame or popup to whoever asked for it, and closes the popup. A refusal leaves it
 * open: a fresh request needs no other click then.
 *
 * @param otherwise Runs in a popup that is still there when it should be gone.
 */
export function handOver(win: Window, answer: URLSearchParams, otherwise: () => void): void {
  const message: AnswerMessage = { type: answerType, params: String(answer) };
  // A frame has a parent for certain, and the parent is in a hurry.
  if (win.parent !== win) return win.parent.postMessage(message, win.origin);
  const state = answer.get('state');
  if (state) {
    // A provider that sends Cross-Origin-Opener-Policy leaves this window without an opener.
    const channel = new BroadcastChannel(answerChannel(state));
    channel.postMessage(message);
    channel.close();
  }
  const asker = win.opener as Window | null;
  asker?.postMessage(message, win.origin);
  const kept = asker && answer.has('error');
  if (!kept) win.close();
  setTimeout(otherwise, kept ? keptMs : closingMs);
}
