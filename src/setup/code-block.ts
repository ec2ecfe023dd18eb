import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { basics } from '../inspector/styles.js';

/** A text to copy. */
export class CodeBlock extends LitElement {
  static override styles = [
    basics,
    css`
      :host {
        container-type: inline-size;
      }
      .code {
        display: flex;
        align-items: start;
        gap: 8px;
        padding: 8px 8px 8px 12px;
        border: 1px solid var(--edge);
        border-radius: 8px;
        background: var(--well);
      }
      pre {
        flex: 1;
        min-inline-size: 0;
        margin: 0;
        padding-block: 6px;
        font: 12.5px/1.55 var(--mono);
        tab-size: 2;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      @container (width < 340px) {
        .code {
          flex-direction: column-reverse;
          align-items: stretch;
          gap: 0;
          padding-inline-end: 12px;
        }
        button {
          align-self: end;
        }
      }
      .hidden {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
      }
    `,
  ];

  static override properties = { text: { attribute: false }, label: { attribute: false } };

  text = '';

  /** What it is, for the name of the button. */
  label = '';

  #result: 'copied' | 'by-hand' | undefined;

  protected override willUpdate(): void {
    if (this.#shown !== this.text) this.#result = undefined;
    this.#shown = this.text;
  }

  /** The text that the result is about. */
  #shown: string | undefined;

  protected override render(): TemplateResult {
    return html`<div class="code">
        <pre>${this.text}</pre>
        <button type="button" aria-label="Copy: ${this.label}" @click=${this.#copy}>
          ${this.#result === 'copied' ? 'Copied' : 'Copy'}
        </button>
      </div>
      <p class="quiet" role="status">
        ${
          this.#result === 'copied'
            ? html`<span class="hidden">Copied.</span>`
            : this.#result === 'by-hand'
              ? 'The browser does not let this page copy. The text is selected: copy it yourself.'
              : nothing
        }
      </p>`;
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.text);
      this.#result = 'copied';
    } catch {
      // Without permission, focus or https there is no clipboard.
      this.#result = 'by-hand';
      getSelection()?.selectAllChildren(this.renderRoot.querySelector('pre')!);
    }
    this.requestUpdate();
  };
}
