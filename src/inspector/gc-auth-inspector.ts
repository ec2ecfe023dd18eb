import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { History } from './history.js';
import { inspectorStyles } from './inspector-styles.js';
import { readChecks, textOf, unknown } from './records.js';
import type { CheckRecord } from './records.js';
import { report } from './report.js';
import { basics, theme } from './styles.js';
import { tabsTemplate } from './tabs.js';
import { TargetController } from './target.js';
import type { Target } from './target.js';
import { Ticker } from './ticker.js';

/**
 * Shows what a `<gc-auth-messenger>` does: state and reason, the life of the JWT, attempts to get a code, a timeline, what
 * `diagnose()` finds, and Messenger's events. A button copies it all as a report without secrets. For developers: in
 * English, and not part of the main bundle.
 *
 * @tagname gc-auth-inspector
 *
 * @cssprop [--gc-inspector-panel-size=320px] - Height of the part with the lists.
 */
export class GcAuthInspector extends LitElement {
  static override styles = [theme, basics, inspectorStyles];

  static override properties = {
    htmlFor: { attribute: 'for', reflect: true },
    open: { type: Boolean, reflect: true },
  };

  /** ID of the `<gc-auth-messenger>` to look at. Default: the first of the page. */
  htmlFor?: string;

  /** Whether more than the state is shown. */
  open = false;

  /**
   * Epoch ms.
   * @internal
   */
  clock: () => number = Date.now;

  #history: History | undefined;
  #target: Target = { missing: unknown };
  #stopWatching: (() => void) | undefined;
  #version = 0;
  #tab = 'history';
  #checks: readonly CheckRecord[] | undefined;
  #diagnosing = false;
  #failure: string | undefined;
  #copied: 'copied' | 'by-hand' | undefined;
  readonly #follow = new TargetController(this);

  constructor() {
    super();
    new Ticker(this);
  }

  /** Adds a line of your own to the history, for example what a person did. */
  note(text: string): void {
    this.#entries.note(String(text));
  }

  get #entries(): History {
    return (this.#history ??= new History(
      () => this.clock(),
      () => {
        this.#version++;
        this.requestUpdate();
      },
    ));
  }

  /** @internal */
  targetChanged(target: Target): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#target = target;
    if ('element' in target) this.#stopWatching = this.#entries.watch(target.element);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('htmlFor') && this.isConnected) this.#follow.look();
  }

  protected override render(): TemplateResult {
    const history = this.#entries;
    const { missing } = this.#target;
    return html`<section class="inspector" aria-label="Messenger inspector" lang="en" dir="ltr">
      <div class="head">
        <gc-auth-inspector-state
          class="state"
          .record=${history.state}
          .missing=${missing}
          .person=${history.token?.person}
        ></gc-auth-inspector-state>
        <div class="actions">
          <button type="button" @click=${this.#copy}>${this.#copied === 'copied' ? 'Copied' : 'Copy report'}</button>
          <button type="button" aria-expanded=${this.open} aria-controls="body" @click=${this.#toggle}>
            ${this.open ? 'Hide' : 'Inspect'}
          </button>
        </div>
      </div>
      ${
        this.#copied === 'by-hand'
          ? html`<div class="copied">
              <p class="quiet">The browser does not let this page copy. Copy the text yourself.</p>
              <textarea readonly aria-label="Report" .value=${this.#report()}></textarea>
            </div>`
          : nothing
      }
      <div id="body" ?hidden=${!this.open}>${this.open ? this.#renderBody(history) : nothing}</div>
    </section>`;
  }

  #renderBody(history: History): TemplateResult {
    const now = this.clock();
    return html`<div class="overview">
        <gc-auth-inspector-token .record=${history.token} .now=${now}></gc-auth-inspector-token>
        <gc-auth-inspector-chart .history=${history} .version=${this.#version} .now=${now}></gc-auth-inspector-chart>
      </div>
      ${tabsTemplate(
        [
          { id: 'history', title: 'History', count: undefined },
          { id: 'attempts', title: 'Attempts', count: history.attempts.length },
          { id: 'events', title: 'Events', count: history.events.length },
          { id: 'doctor', title: 'Doctor', count: this.#checks?.filter(({ ok }) => ok === false).length },
        ],
        this.#tab,
        (id) => {
          this.#tab = id;
          this.requestUpdate();
        },
      )}
      <div class="panel" id="panel" role="tabpanel" tabindex="0" aria-labelledby="tab-${this.#tab}">
        ${this.#renderPanel(history)}
      </div>`;
  }

  #renderPanel(history: History): TemplateResult {
    switch (this.#tab) {
      case 'attempts':
        return html`<gc-auth-inspector-attempts .records=${history.attempts}></gc-auth-inspector-attempts>`;
      case 'events':
        return html`<gc-auth-inspector-events .records=${history.events}></gc-auth-inspector-events>`;
      case 'doctor':
        return html`<gc-auth-inspector-doctor
          .checks=${this.#checks}
          .busy=${this.#diagnosing}
          .failure=${this.#failure}
          .disabled=${!('element' in this.#target)}
          @diagnose=${this.#diagnose}
        ></gc-auth-inspector-doctor>`;
      default:
        return html`<gc-auth-inspector-history .records=${history.entries}></gc-auth-inspector-history>`;
    }
  }

  readonly #toggle = (): void => {
    this.open = !this.open;
  };

  readonly #diagnose = async (): Promise<void> => {
    if (!('element' in this.#target)) return;
    const { element } = this.#target;
    this.#diagnosing = true;
    this.#failure = undefined;
    this.requestUpdate();
    try {
      const diagnosis: unknown = await (element as unknown as { diagnose(): Promise<unknown> }).diagnose();
      this.#checks = readChecks(diagnosis);
    } catch (error) {
      this.#failure = `The check failed: ${textOf(error, 'message')}`;
    }
    this.#diagnosing = false;
    this.requestUpdate();
  };

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.#report());
      this.#copied = 'copied';
    } catch {
      // Without permission, focus or https there is no clipboard.
      this.#copied = 'by-hand';
    }
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector('textarea')?.select();
  };

  #report(): string {
    const target = this.#target;
    const element = 'element' in target ? target.element : undefined;
    return report({ history: this.#entries, element, missing: target.missing, checks: this.#checks }, this.clock());
  }
}
