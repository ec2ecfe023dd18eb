import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { isoTime, timeOfDay } from '../format.js';
import type { EventRecord } from '../records.js';
import { basics, listStyles } from '../styles.js';

/** The events of Messenger, newest first, with their data, and a filter by name. */
export class EventsSection extends LitElement {
  static override styles = [
    basics,
    listStyles,
    css`
      .filter {
        display: flex;
        align-items: center;
        gap: 12px;
        padding-block-end: 8px;
      }
      input {
        flex: 1;
        min-inline-size: 0;
      }
      li {
        grid-template-columns: 62px minmax(0, 1fr);
      }
      summary {
        overflow-wrap: anywhere;
      }
      pre {
        overflow: auto;
        max-block-size: 220px;
        margin: 6px 0 0;
        padding: 8px 10px;
        border-radius: 8px;
        background: var(--well);
        font: 12px/1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  static override properties = { records: { attribute: false }, filter: { state: true } };

  /** Oldest first. */
  records: readonly EventRecord[] = [];

  protected filter = '';

  protected override render(): TemplateResult {
    const wanted = this.filter.trim().toLowerCase();
    const found = this.records.filter(({ name }) => name.toLowerCase().includes(wanted));
    return html`<div class="filter">
        <input
          type="search"
          aria-label="Filter events by name"
          placeholder="Filter by name, such as Auth."
          autocomplete="off"
          spellcheck="false"
          .value=${this.filter}
          @input=${this.#filter}
        />
        <span class="quiet number">${found.length} of ${this.records.length}</span>
      </div>
      ${
        found.length
          ? html`<ol>
              ${[...found].reverse().map(eventTemplate)}
            </ol>`
          : html`<p class="empty">
              ${this.records.length ? 'No event has such a name.' : 'Messenger has published no event yet.'}
            </p>`
      }`;
  }

  readonly #filter = ({ target }: Event): void => {
    this.filter = (target as HTMLInputElement).value;
  };
}

const eventTemplate = ({ at, name, json }: EventRecord): TemplateResult =>
  html`<li>
    <time datetime=${isoTime(at)}>${timeOfDay(at)}</time>
    ${
      json
        ? html`<details>
            <summary>${name}</summary>
            <pre tabindex="0" role="group" aria-label="Data of ${name}">${json}</pre>
          </details>`
        : html`<span class="quiet">${name}</span>`
    }
  </li>`;
