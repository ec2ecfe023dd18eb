import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { counted } from '../format.js';
import type { CheckRecord } from '../records.js';
import { basics, listStyles } from '../styles.js';

/**
 * What `diagnose()` found, problems first.
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
        <span class="quiet">${busy ? 'Checking…' : (failure ?? (checks ? verdictOf(checks) : nothing))}</span>
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

function verdictOf(checks: readonly CheckRecord[]): string {
  const wrong = checks.filter(({ ok }) => ok === false).length;
  return wrong
    ? `${counted(wrong, 'problem')} in ${counted(checks.length, 'check')}.`
    : `No problem in ${counted(checks.length, 'check')}.`;
}

function checkTemplate({ id, name, ok, found, why, hint, link }: CheckRecord): TemplateResult {
  const [tone, text] = ok === undefined ? ['neutral', 'not known'] : ok ? ['good', 'fine'] : ['bad', 'problem'];
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
    </div>
  </li>`;
}
