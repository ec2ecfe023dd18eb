import { element, icon, setAttribute } from './dom.js';
import { texts } from './texts.js';
import type { ViewState } from './view-state.js';

/** Genesys Cloud's limit is in bytes; the input counts UTF-16 code units. */
const maxTextLength = 4_096;

export interface ComposerActions {
  /** Resolves when the message is accepted. When it rejects, the input keeps the text. */
  send(text: string): Promise<unknown>;
  typing(): void;
}

/** The input for messages. Stores the draft for this tab, so that it survives a reload. */
export class Composer {
  readonly node = element('form', { class: 'composer', part: 'composer' });
  readonly #input = element('textarea', {
    id: 'message',
    rows: '1',
    maxlength: String(maxTextLength),
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

  /** Removes the draft, so that another person does not see it. */
  discardDraft(): void {
    this.#setText('');
  }

  #onInput(): void {
    this.#storeDraft();
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
    this.#storeDraft();
    this.#updateButton();
  }

  #storeDraft(): void {
    if (this.#input.value === '') this.#storage?.removeItem(this.#key);
    else this.#storage?.setItem(this.#key, this.#input.value);
  }

  /** `aria-disabled`, since a button that becomes `disabled` loses the focus. */
  #updateButton(): void {
    setAttribute(this.#button, 'aria-disabled', String(!this.#canSend || this.#input.value.trim() === ''));
  }
}
