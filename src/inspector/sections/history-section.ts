import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isoTime, timeOfDay } from '../format.js';
import type { Entry } from '../records.js';
import { basics, listStyles } from '../styles.js';
import { toneOfEntry } from '../texts.js';

/** Everything that happened, in words, newest first. */
export class HistorySection extends LitElement {
  static override styles = [basics, listStyles];

  static override properties = { records: { attribute: false } };

  /** Oldest first. */
  records: readonly Entry[] = [];

  protected override render(): TemplateResult {
    if (this.records.length === 0) return html`<p class="empty">Nothing has happened yet.</p>`;
    return html`<ol>
      ${[...this.records].reverse().map(entryTemplate)}
    </ol>`;
  }
}

const entryTemplate = (entry: Entry): TemplateResult =>
  html`<li data-tone=${toneOfEntry(entry)}>
    <time datetime=${isoTime(entry.at)}>${timeOfDay(entry.at)}</time>
    <span class="sign"></span>
    <div>
      <p class="title">${entry.title}</p>
      ${entry.detail ? html`<p class="quiet">${entry.detail}</p>` : nothing}
      ${entry.hint ? html`<p class="hint">${entry.hint}</p>` : nothing}
    </div>
  </li>`;
