import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { clock, inWords, timeOfDay } from '../format.js';
import { unknown } from '../records.js';
import type { TokenRecord } from '../records.js';
import { basics } from '../styles.js';
import { sourceTitle } from '../texts.js';
import { vars } from '../vars.js';

/** The life of the Genesys JWT: what is left of it as a bar and a countdown, when it was issued and why. Never the JWT. */
export class TokenSection extends LitElement {
  static override styles = [
    basics,
    css`
      .head {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: 12px;
      }
      .left {
        color: var(--tone);
        font-size: 18px;
        font-weight: 700;
      }
      .bar {
        overflow: hidden;
        block-size: 8px;
        margin-block: 6px;
        border-radius: 4px;
        background: var(--well);
      }
      .fill {
        display: block;
        block-size: 100%;
        border-radius: 4px;
        background: var(--tone);
        transform: translateX(calc((var(--share, 0) - 1) * 100%));
        forced-color-adjust: none;
      }
      :dir(rtl) .fill {
        transform: translateX(calc((1 - var(--share, 0)) * 100%));
      }
      @media (prefers-reduced-motion: no-preference) {
        .fill {
          transition: transform 0.3s ease-out;
        }
      }
      @media (forced-colors: active) {
        .bar {
          border: 1px solid;
        }
      }
    `,
  ];

  static override properties = { record: { attribute: false }, now: { attribute: false } };

  /** The JWT that is used now; undefined when there is none. */
  record?: TokenRecord | undefined;

  /** Epoch ms. */
  now = 0;

  protected override render(): TemplateResult {
    const { issuedAt, expiresAt } = this.record ?? {};
    const left = expiresAt === undefined ? undefined : Math.max(0, expiresAt - this.now);
    const total = expiresAt === undefined || issuedAt === undefined ? 0 : Math.max(0, expiresAt - issuedAt);
    const share = left === undefined || total === 0 ? 0 : Math.min(1, left / total);
    const tone = left === undefined ? 'neutral' : left === 0 ? 'bad' : share < 0.2 ? 'warn' : 'good';
    return html`<div data-tone=${tone}>
      <div class="head">
        <span id="title">Genesys JWT</span>
        <span class="left number">${left === undefined ? '–' : clock(left)}</span>
      </div>
      <div
        class="bar"
        role="meter"
        aria-labelledby="title"
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.round(share * 100)}
        aria-valuetext=${this.#inWords(left)}
      >
        <span class="fill" ?hidden=${share === 0} ${vars({ '--share': share })}></span>
      </div>
      <p class="quiet">${this.#detail(left)}</p>
    </div>`;
  }

  #inWords(left: number | undefined): string {
    if (!this.record) return 'There is no JWT';
    if (left === undefined) return unknown;
    return left === 0 ? 'Expired' : `${inWords(left)} left`;
  }

  #detail(left: number | undefined): string {
    if (!this.record) return 'There is no JWT.';
    const { issuedAt, expiresAt } = this.record;
    const time = (at: number | undefined): string => (at === undefined ? unknown : timeOfDay(at));
    return `${sourceTitle(this.record)} · issued ${time(issuedAt)} · ${left === 0 ? 'expired' : 'expires'} ${time(expiresAt)}`;
  }
}
