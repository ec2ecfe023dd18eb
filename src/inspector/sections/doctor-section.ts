import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { counted } from '../format.js';
import { verdictOf } from '../records.js';
import type { CheckRecord, Tone, Verdict } from '../records.js';
import { basics, listStyles } from '../styles.js';

/**
 * What `diagnose()` found: problems first, then what can be improved.
 *
 * @fires diagnose - The person wants a diagnosis.
 */
export class DoctorSection extends LitElement {
  static override styles = [
    basics,
    listStyles,
    css`
      .head {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 8px 12px;
        padding-block-end: 8px;
      }
      li {
        grid-template-columns: 9px minmax(0, 1fr);
      }
      .title {
        color: var(--ink);
        font-weight: 600;
      }
      .verdict {
        margin-inline-start: 4px;
        font-size: 12px;
        font-weight: 400;
      }
      [data-tone='bad'] .title,
      .verdict {
        color: var(--tone);
      }
      a {
        color: var(--accent);
      }
      code {
        font-family: var(--mono);
        overflow-wrap: anywhere;
      }
    `,
  ];

  static override properties = {
    checks: { attribute: false },
    busy: { attribute: false },
    failure: { attribute: false },
    disabled: { attribute: false },
  };

  /** Problems first; undefined before the first diagnosis. */
  checks?: readonly CheckRecord[] | undefined;

  /** A diagnosis is running. */
  busy = false;

  /** Why the diagnosis could not be made. */
  failure?: string | undefined;

  /** There is no element to ask. */
  disabled = false;

  protected override render(): TemplateResult {
    const { checks, busy, failure } = this;
    return html`<div class="head">
        <button type="button" aria-disabled=${busy || this.disabled} @click=${this.#run}>
          ${checks ? 'Check again' : 'Check the set-up'}
        </button>
        <span class="quiet">${busy ? 'Checking…' : (failure ?? (checks ? summaryOf(checks) : nothing))}</span>
      </div>
      ${
        checks?.length
          ? html`<ul>
              ${checks.map(checkTemplate)}
            </ul>`
          : html`<p class="empty">Looks at the page, the callback, the provider and Genesys.</p>`
      }`;
  }

  /** A button that is disabled loses the focus. */
  readonly #run = (): void => {
    if (!this.busy && !this.disabled) this.dispatchEvent(new Event('diagnose'));
  };
}

const shown: Readonly<Record<Verdict, readonly [tone: Tone, text: string]>> = {
  problem: ['bad', 'problem'],
  advice: ['warn', 'to improve'],
  unknown: ['neutral', 'not known'],
  fine: ['good', 'fine'],
};

function summaryOf(checks: readonly CheckRecord[]): string {
  const count = (verdict: Verdict): number => checks.filter((check) => verdictOf(check) === verdict).length;
  const [wrong, advice] = [count('problem'), count('advice')];
  const problems = wrong ? counted(wrong, 'problem') : 'No problem';
  return `${problems}${advice ? `, ${advice} to improve` : ''} in ${counted(checks.length, 'check')}.`;
}

function checkTemplate(check: CheckRecord): TemplateResult {
  const { id, name, found, why, hint, link, place } = check;
  const [tone, text] = shown[verdictOf(check)];
  return html`<li data-tone=${tone} id=${id ?? nothing}>
    <span class="sign"></span>
    <div>
      <p class="title">${name} <span class="verdict">${text}</span></p>
      <p class="quiet">${found}</p>
      ${why ? html`<p class="quiet">${why}</p>` : nothing} ${hint ? html`<p class="hint">${hint}</p>` : nothing}
      ${
        link
          ? html`<p>
              <a href=${link} target="_blank" rel="noreferrer" aria-label="Read more about ${name}">Read more</a>
            </p>`
          : nothing
      }
      ${place ? html`<p class="quiet">More: <code>${place}</code> in the package</p>` : nothing}
    </div>
  </li>`;
}
