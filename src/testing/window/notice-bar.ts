import { element, setAttribute } from './dom.js';
import { texts } from './texts.js';
import type { Notice, ViewState } from './view-state.js';

export interface NoticeActions {
  signIn(): void;
  stepUp(): void;
  reAuthenticate(): void;
  resume(): void;
}

interface Content {
  text: string;
  button?: string;
  action?: keyof NoticeActions;
  busy?: boolean;
}

/** The line below the header about connection, sign-in and re-authentication, with a button where there is one. */
export class NoticeBar {
  readonly node = element('div', { class: 'notice', part: 'notice', hidden: true });
  readonly #text = element('span', { class: 'notice-text', dir: 'auto' });
  readonly #spinner = element('span', { class: 'spinner', 'aria-hidden': 'true', hidden: true });
  readonly #button = element('button', { type: 'button', class: 'notice-button', hidden: true });
  #action: keyof NoticeActions | undefined;
  #shown = '';

  constructor(actions: NoticeActions) {
    this.#button.addEventListener('click', () => {
      if (this.#action) actions[this.#action]();
    });
    this.node.append(this.#spinner, this.#text, this.#button);
  }

  render({ notice }: ViewState, steppingUp: boolean, offerReAuthenticate: boolean): void {
    const content = contentOf(notice, steppingUp, offerReAuthenticate);
    const shown = JSON.stringify([notice, content]);
    // Screen readers announce a live region again each time it is written to, even with the same text.
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.node.hidden = content === undefined;
    setAttribute(this.node, 'role', notice === 're-authenticating' ? 'alert' : 'status');
    setAttribute(this.node, 'data-notice', notice);
    this.#text.textContent = content?.text ?? '';
    this.#spinner.hidden = content?.busy !== true;
    this.#button.hidden = content?.button === undefined;
    this.#button.textContent = content?.button ?? '';
    this.#action = content?.action;
  }
}

function contentOf(notice: Notice, steppingUp: boolean, offerReAuthenticate: boolean): Content | undefined {
  switch (notice) {
    case 're-authenticating':
      return offerReAuthenticate
        ? { text: texts.reAuthenticating, busy: true, button: texts.reAuthenticate, action: 'reAuthenticate' }
        : { text: texts.reAuthenticating, busy: true };
    case 'sign-in-needed':
      return { text: texts.signInToChat, button: texts.signIn, action: 'signIn' };
    case 'signing-in':
      return { text: texts.signingIn, busy: true };
    case 'guest':
      return steppingUp
        ? { text: texts.signingIn, busy: true }
        : { text: texts.guest, button: texts.signIn, action: 'stepUp' };
    case 'connecting':
      return { text: texts.connecting, busy: true };
    case 'reconnecting':
      return { text: texts.reconnecting, busy: true };
    case 'offline':
      return { text: texts.offline };
    case 'ended':
      return { text: texts.ended, button: texts.resume, action: 'resume' };
    case 'none':
      return undefined;
  }
}
