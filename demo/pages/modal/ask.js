import { byId, make } from '../dom.js';

/**
 * The provider's page in a dialog of this page. Rejects with an `AbortError` when the person closes it.
 *
 * @param {string} url
 * @param {AbortSignal} signal
 */
export async function askInDialog(url, signal) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('login'));
  const ended = new AbortController();
  const closed = new Promise((_, reject) => {
    const cancel = () => reject(new DOMException('The sign-in was cancelled.', 'AbortError'));
    dialog.addEventListener('close', cancel, { signal: ended.signal });
  });
  const close = () => dialog.close();
  byId('login-close').addEventListener('click', close, { signal: ended.signal });
  dialog.showModal();
  try {
    return await Promise.race([closed, answerIn(byId('login-frame'), url, 'Sign in with Northwind ID', signal)]);
  } finally {
    ended.abort();
    close();
  }
}

/**
 * The same where nobody sees it.
 *
 * @param {string} url
 * @param {AbortSignal} signal
 */
export async function askInHiddenFrame(url, signal) {
  const room = make('div', { hidden: true });
  document.body.append(room);
  try {
    return await answerIn(room, url, 'Silent sign-in', signal);
  } finally {
    room.remove();
  }
}

/**
 * @param {HTMLElement} room
 * @param {string} url
 * @param {string} title
 * @param {AbortSignal} signal
 * @returns {Promise<URLSearchParams>} what the callback page in the frame was given
 */
async function answerIn(room, url, title, signal) {
  const frame = make('iframe', { title, src: url, referrerpolicy: 'no-referrer' });
  const done = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      signal.throwIfAborted();
      signal.addEventListener('abort', () => reject(signal.reason), { signal: done.signal });
      /** @param {MessageEvent} event */
      const hear = ({ source, origin, data }) => {
        if (source !== frame.contentWindow || origin !== location.origin || data?.type !== 'northwind-id') return;
        resolve(new URLSearchParams(data.answer));
      };
      addEventListener('message', hear, { signal: done.signal });
      room.replaceChildren(frame);
    });
  } finally {
    done.abort();
    frame.remove();
  }
}
