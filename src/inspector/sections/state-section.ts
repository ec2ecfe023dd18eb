import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { StateRecord } from '../records.js';
import { basics } from '../styles.js';
import { textOfState, toneOfState } from '../texts.js';

/** The state, what it means, and why it was entered. The only part that a screen reader announces. */
export class StateSection extends LitElement {
  static override styles = [
    basics,
    css`
      .state {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 2px 10px;
        align-items: baseline;
      }
      .sign {
        inline-size: 11px;
        block-size: 11px;
      }
      .name {
        color: var(--tone);
        font-size: 16px;
        font-weight: 700;
      }
      .text {
        grid-column: 2;
      }
      .reason {
        display: block;
      }
    `,
  ];

  static override properties = {
    record: { attribute: false },
    missing: { attribute: false },
    person: { attribute: false },
  };

  /** The state now; undefined before the element told one. */
  record?: StateRecord | undefined;

  /** Why there is no element; undefined when there is one. */
  missing?: string | undefined;

  /** Who is signed in; undefined when it is not known. */
  person?: string | undefined;

  protected override render(): TemplateResult {
    const { state, reason } = this.record ?? { state: 'unknown', reason: undefined };
    if (this.missing) return this.#render('neutral', 'No element', this.missing, undefined);
    const person = this.person ? ` Person: ${this.person}.` : '';
    return this.#render(toneOfState(state), state, textOfState(state) + person, reason);
  }

  #render(tone: string, name: string, text: string, reason: string | undefined): TemplateResult {
    return html`<div class="state" role="status" data-tone=${tone}>
      <span class="sign"></span>
      <p class="name">${name}</p>
      <p class="text quiet">${text}${reason ? html` <span class="reason">Reason: ${reason}</span>` : nothing}</p>
    </div>`;
  }
}
