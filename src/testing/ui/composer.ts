import { element, icon, setAttribute } from './dom.js';
import { texts } from './texts.js';
import type { ViewState } from './view-state.js';

/** Longest text that Genesys Cloud takes, in bytes; close enough in characters for an input. */
const longestText = 4_096;

export interface ComposerActions {
  /** Settles when the message was taken; what was typed stays when it was not. */
  send(text: string): Promise<unknown>;
  typing(): void;
}

/** Where the person writes. What is not sent is kept for this tab, so that a reload or a sign-in loses nothing. */
export class Composer {
  readonly node = element('form', { class: 'composer', part: 'composer' });
  readonly #input = element('textarea', {
    id: 'message',
    rows: '1',
    maxlength: String(longestText),
    placeholder: texts.inputHint,
    'aria-label': texts.input,
    enterkeyhint: 'send',
    autocomplete: 'off',
  });
  readonly #button = element('button', { type: 'submit', class: 'send', 'aria-label': texts.send }, icon('send'));
  readonly #storage: Storage | undefined;
  readonly #key: string;
  readonly #actions: ComposerActions;
  #canSend = false;

  constructor(storage: Storage | undefined, deploymentId: string, actions: ComposerActions) {
    this.#storage = storage;
    this.#key = `_${deploymentId}:draft`;
    this.#actions = actions;
    this.#input.value = storage?.getItem(this.#key) ?? '';
    this.node.append(this.#input, this.#button);
    this.node.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.#input.addEventListener('input', () => this.#onInput());
    this.#input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      void this.#submit();
    });
  }

  render({ canSend }: ViewState): void {
    this.#canSend = canSend;
    this.#updateButton();
  }

  focus(): void {
    this.#input.focus();
  }

  /** What one person wrote is nothing for the next. */
  discardDraft(): void {
    this.#setText('');
  }

  #onInput(): void {
    this.#keepDraft();
    this.#updateButton();
    if (this.#canSend && this.#input.value !== '') this.#actions.typing();
  }

  async #submit(): Promise<void> {
    const text = this.#input.value.trim();
    if (text === '' || !this.#canSend) return;
    this.#setText('');
    try {
      await this.#actions.send(text);
    } catch {
      if (this.#input.value === '') this.#setText(text);
    }
  }

  #setText(text: string): void {
    this.#input.value = text;
    this.#keepDraft();
    this.#updateButton();
  }

  #keepDraft(): void {
    if (this.#input.value === '') this.#storage?.removeItem(this.#key);
    else this.#storage?.setItem(this.#key, this.#input.value);
  }

  /** Not `disabled`: the button would lose the focus while somebody waits for it. */
  #updateButton(): void {
    setAttribute(this.#button, 'aria-disabled', String(!this.#canSend || this.#input.value.trim() === ''));
  }
}
