import { answerType, answerVersion, openAnswerChannel } from './answer-message.js';
import type { AnswerMessage } from './answer-message.js';
import { ownStateIn, statesIn, targetOf } from './answer-url.js';

/** How long `window.close()` may take, in milliseconds. */
const closingMs = 500;

/** How long a popup with a refusal stays for a second request, in milliseconds. */
const secondRequestMs = 10_000;

/** The same for a popup without an opener, in milliseconds: nobody may be able to navigate it or to close it. */
const secondRequestWithoutOpenerMs = 2_000;

/** An answer has one state; more than one is refused, and needs no more channels than this. */
const maxChannels = 3;

export const messageOf = (answer: URLSearchParams): AnswerMessage => ({
  type: answerType,
  version: answerVersion,
  params: String(answer),
});

/** Posts the provider's answer to the page that asked. */
export function postAnswer(win: Window, answer: URLSearchParams): void {
  const message = messageOf(answer);
  // A frame always has a parent, so it needs no channel, and its page waits for the answer.
  if (win.top !== win) return win.parent.postMessage(message, win.location.origin);
  // The page that asked has removed the opener of this window, or Cross-Origin-Opener-Policy at the provider has.
  for (const state of statesIn(answer).slice(0, maxChannels)) {
    const channel = openAnswerChannel(state);
    channel?.postMessage(message);
    channel?.close();
  }
  (win.opener as Window | null)?.postMessage(message, win.location.origin);
}

/**
 * Delivers the provider's answer from a frame or popup to the page that asked, and closes the popup. A popup with a
 * refusal, or with the answer to an earlier silent request, stays open, so that a fresh request needs no second click.
 *
 * @param otherwise Runs in a popup that is still there when it should be closed.
 */
export function deliverAnswer(win: Window, answer: URLSearchParams, otherwise: () => void): void {
  postAnswer(win, answer);
  if (win.top !== win) return;
  const close = (): void => {
    win.close();
    setTimeout(otherwise, closingMs);
  };
  if (!answer.has('error') && targetOf(ownStateIn(answer)) !== 's') close();
  else if (win.opener) setTimeout(otherwise, secondRequestMs);
  else setTimeout(close, secondRequestWithoutOpenerMs);
}
