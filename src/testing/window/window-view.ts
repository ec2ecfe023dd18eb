import { Composer } from './composer.js';
import type { ComposerActions } from './composer.js';
import { element, icon } from './dom.js';
import { NoticeBar } from './notice-bar.js';
import type { NoticeActions } from './notice-bar.js';
import { texts } from './texts.js';
import { TranscriptView } from './transcript-view.js';
import type { ViewState } from './view-state.js';

export interface WindowActions extends NoticeActions, ComposerActions {
  close(): void;
}

/** The Messenger window: header, notice bar, transcript and composer. */
export class WindowView {
  readonly node: HTMLElement;
  readonly composer: Composer;
  readonly #who = element('p', { class: 'who', part: 'who' });
  readonly #notice: NoticeBar;
  readonly #transcript = new TranscriptView();

  constructor(storage: Storage | undefined, deploymentId: string, actions: WindowActions) {
    this.composer = new Composer(storage, deploymentId, actions);
    this.#notice = new NoticeBar(actions);
    const close = element('button', { type: 'button', class: 'close', 'aria-label': texts.close }, icon('close'));
    close.addEventListener('click', () => actions.close());
    this.node = element(
      'section',
      { id: 'window', class: 'window', part: 'window', role: 'dialog', 'aria-labelledby': 'title', hidden: true },
      element(
        'header',
        { class: 'header' },
        element('span', { class: 'avatar', 'aria-hidden': 'true' }, icon('chat')),
        element('div', { class: 'titles' }, element('h2', { id: 'title' }, texts.title), this.#who),
        close,
      ),
      this.#notice.node,
      this.#transcript.node,
      this.composer.node,
    );
    this.node.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      actions.close();
    });
  }

  render(state: ViewState, steppingUp: boolean, offerReAuthenticate: boolean): void {
    const opening = state.open && this.node.hidden;
    this.node.hidden = !state.open;
    this.#who.textContent = state.person === undefined ? '' : texts.signedInAs(state.person);
    this.#who.hidden = state.person === undefined;
    const atEnd = this.#transcript.isAtEnd;
    this.#notice.render(state, steppingUp, offerReAuthenticate);
    this.#transcript.render(state);
    this.composer.render(state);
    // A notice makes the transcript less high, so its end scrolls out of view.
    if (opening || atEnd) this.#transcript.showEnd();
  }
}
