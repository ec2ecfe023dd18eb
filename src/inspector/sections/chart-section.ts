import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { chartItems, fittingRange, ranges } from '../chart-items.js';
import type { ChartItem } from '../chart-items.js';
import { counted, inWords } from '../format.js';
import type { History } from '../history.js';
import { basics } from '../styles.js';
import { vars } from '../vars.js';
import { chartStyles } from './chart-styles.js';

const lanes = ['State', 'Attempts', 'JWT', 'Events'] as const;

/** The part of the chart that shows the future, in which JWTs expire, by the part that shows the past. */
const future = 0.25;

/**
 * The history on a time axis, in four lanes that move past a fixed “now”: states, attempts with their duration, JWTs up to their
 * expiry, and events. An image to assistive technology: the lists have the same as text.
 */
export class ChartSection extends LitElement {
  static override styles = [basics, chartStyles];

  static override properties = {
    history: { attribute: false },
    version: { attribute: false },
    now: { attribute: false },
    range: { state: true },
  };

  history?: History;

  /** Grows with each change of the history. */
  version = 0;

  /** Epoch ms. */
  now = 0;

  /** Seconds of the past to show; 0: what fits the history. */
  protected range = 0;

  protected override render(): TemplateResult {
    const { history, now } = this;
    if (!history) return html``;
    const past = this.range || fittingRange(now - Math.min(history.since, history.attempts[0]?.at ?? now));
    const items = chartItems(history, now, past, past * future);
    const origin = history.since;
    // Where things are a second later: the transition takes a second.
    const moved = { '--now': (now - origin) / 1000 + 1 } as const;
    return html`<div class="head">
        <span>Timeline</span>
        <select aria-label="Time range" @change=${this.#choose}>
          <option value="0" ?selected=${this.range === 0}>Fit</option>
          ${ranges.map(
            (seconds) =>
              html`<option value=${seconds} ?selected=${seconds === this.range}>${inWords(seconds * 1000)}</option>`,
          )}
        </select>
      </div>
      <div class="chart" role="img" aria-label=${summary(items, past)}>
        ${lanes.map((lane) => html`<span class="lane quiet">${lane}</span>`)}
        <div class="window" ${vars({ '--total': past * (1 + future), '--past': 1 / (1 + future) })}>
          <div class="clip">
            <div class="moving" ${vars(moved)}>
              ${items.map((item) => (item.lane === 2 ? nothing : itemTemplate(item, origin)))}
            </div>
          </div>
          <div class="moving ahead" ${vars(moved)}>
            ${items.map((item) => (item.lane === 2 ? itemTemplate(item, origin) : nothing))}
          </div>
          <div class="now"></div>
        </div>
        <div class="axis quiet number" ${vars({ '--past': 1 / (1 + future) })}>
          <span>&minus;${short(past)}</span><span>&minus;${short(past / 2)}</span><span>now</span
          ><span>+${short(past * future)}</span>
        </div>
      </div>`;
  }

  readonly #choose = ({ target }: Event): void => {
    this.range = Number((target as HTMLSelectElement).value);
  };
}

const short = (seconds: number): string =>
  seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round((seconds / 60) * 10) / 10} min`;

const itemTemplate = ({ lane, tone, label, from, to, title }: ChartItem, origin: number): TemplateResult =>
  html`<span
    class=${to === undefined ? 'mark' : 'segment'}
    data-lane=${lane}
    data-tone=${tone}
    title=${title}
    ${vars({
      '--from': (from - origin) / 1000,
      ...(to !== undefined && { '--for': Math.max(0, to - from) / 1000 }),
      '--lane': lane,
    })}
    >${to === undefined ? nothing : html`<span>${label}</span>`}</span
  >`;

function summary(items: readonly ChartItem[], past: number): string {
  const count = (lane: number): number => items.filter((item) => item.lane === lane).length;
  const [states, attempts, tokens, events] = [count(0), count(1), count(2), count(3)];
  return `The last ${inWords(past * 1000)}: ${counted(states, 'state')}, ${counted(attempts, 'attempt')}, ${counted(tokens, 'JWT')}, ${counted(events, 'event')}. The lists below have the details.`;
}
