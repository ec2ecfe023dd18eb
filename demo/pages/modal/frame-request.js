import { byId, make } from '../dom.js';

/**
 * Sends an authorization request in a dialog with the provider's page.
 *
 * Rejects with an `AbortError` when the person closes the dialog.
 *
 * @param {string} url
 * @param {AbortSignal} signal
 */
export async function requestInDialog(url, signal) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('login'));
  const done = new AbortController();
  const closed = new Promise((_, reject) => {
    const cancel = () => reject(new DOMException('The sign-in was cancelled.', 'AbortError'));
    dialog.addEventListener('close', cancel, { signal: done.signal });
  });
  const close = () => dialog.close();
  byId('login-close').addEventListener('click', close, { signal: done.signal });
  dialog.showModal();
  try {
    return await Promise.race([closed, requestIn(byId('login-frame'), url, 'Sign in with Northwind ID', signal)]);
  } finally {
    done.abort();
    close();
  }
}

/**
 * Sends a silent authorization request in a hidden frame.
 *
 * @param {string} url
 * @param {AbortSignal} signal
 */
export async function requestInHiddenFrame(url, signal) {
  const container = make('div', { hidden: true });
  document.body.append(container);
  try {
    return await requestIn(container, url, 'Silent sign-in', signal);
  } finally {
    container.remove();
  }
}

/**
 * @param {HTMLElement} container
 * @param {string} url
 * @param {string} title
 * @param {AbortSignal} signal
 * @returns {Promise<URLSearchParams>} the authorization response, from the callback page in the frame
 */
async function requestIn(container, url, title, signal) {
  const frame = make('iframe', { title, src: url, referrerpolicy: 'no-referrer' });
  const done = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      signal.throwIfAborted();
      signal.addEventListener('abort', () => reject(signal.reason), { signal: done.signal });
      /** @param {MessageEvent} event */
      const onMessage = ({ source, origin, data }) => {
        if (source !== frame.contentWindow || origin !== location.origin || data?.type !== 'northwind-id') return;
        resolve(new URLSearchParams(data.answer));
      };
      addEventListener('message', onMessage, { signal: done.signal });
      container.replaceChildren(frame);
    });
  } finally {
    done.abort();
    frame.remove();
  }
}
