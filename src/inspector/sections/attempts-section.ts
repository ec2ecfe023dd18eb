import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { duration, isoTime, timeOfDay } from '../format.js';
import { unknown } from '../records.js';
import type { AttemptRecord } from '../records.js';
import { basics, listStyles } from '../styles.js';
import { verdict } from '../texts.js';
import { vars } from '../vars.js';

/** The attempts to get a code, those that failed and those that did not, newest first, with their duration as a bar. */
export class AttemptsSection extends LitElement {
  static override styles = [
    basics,
    listStyles,
    css`
      .head {
        display: flex;
        justify-content: space-between;
        gap: 12px;
      }
      .bar {
        block-size: 3px;
        margin-block: 3px;
        border-radius: 2px;
        background: var(--tone);
        inline-size: max(3px, calc(var(--share) * 100%));
        forced-color-adjust: none;
      }
      .rung {
        color: var(--ink);
        margin-inline-end: 6px;
      }
      li[data-tone] .title {
        color: var(--tone);
        font-weight: 600;
      }
    `,
  ];

  static override properties = { records: { attribute: false } };

  /** Oldest first. */
  records: readonly AttemptRecord[] = [];

  protected override render(): TemplateResult {
    if (this.records.length === 0) return html`<p class="empty">No attempt to get a code yet.</p>`;
    const longest = Math.max(1, ...this.records.map(({ ms }) => ms ?? 0));
    return html`<ol>
      ${[...this.records].reverse().map((record) => attemptTemplate(record, longest))}
    </ol>`;
  }
}

function attemptTemplate({ at, rung, verdict: name, ms, reason }: AttemptRecord, longest: number): TemplateResult {
  const [tone, text] = verdict(name);
  return html`<li data-tone=${tone}>
    <time datetime=${isoTime(at)}>${timeOfDay(at)}</time>
    <span class="sign"></span>
    <div>
      <p class="head">
        <span class="title"><span class="rung">${rung}</span>${name}</span>
        <span class="number">${ms === undefined ? unknown : duration(ms)}</span>
      </p>
      <div class="bar" ${vars({ '--share': (ms ?? 0) / longest })}></div>
      <p class="quiet">${text} Reason: ${reason}</p>
    </div>
  </li>`;
}
