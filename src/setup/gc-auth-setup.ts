import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import type { CheckRecord } from '../inspector/records.js';
import { basics, theme } from '../inspector/styles.js';
import { askDoctor } from './ask-doctor.js';
import type { Values } from './field.js';
import { formTemplate } from './form.js';
import { fieldsOf, planOf } from './plan.js';
import type { Plan } from './plan.js';
import { resultsTemplate } from './results.js';
import { setupStyles } from './setup-styles.js';
import { readValues, writeValues } from './values.js';

/**
 * The set-up page: from provider and region to the tag, what to register, the policy, and the doctor. What is filled in is
 * in the fragment of the address, which no server sees.
 */
export class GcAuthSetup extends LitElement {
  static override styles = [theme, basics, setupStyles];

  #values: Values = {};
  readonly #left = new Set<string>();
  /** The doctor was asked: everything that is missing is said. */
  #asked = false;
  /** Of the configuration that is shown. Another one makes what the doctor said out of date. */
  #version = 0;
  #checks: readonly CheckRecord[] | undefined;
  #busy = false;
  #failure: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#readAddress);
    this.#readAddress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#readAddress);
  }

  protected override render(): TemplateResult {
    const plan = this.#plan();
    const labels = new Map(fieldsOf(this.#values, plan.provider).map(({ name, label }) => [name, label]));
    const isDue = (name: string): boolean => this.#asked || this.#left.has(name);
    return html`<div class="setup" lang="en" dir="ltr" @input=${this.#onInput} @change=${this.#onChange}>
      <header>
        <h1>Set up gc-auth-messenger</h1>
        <p>
          Fill in what you know, and copy what follows from it. The address of this page keeps it: send it to a
          colleague. No secret belongs here.
        </p>
      </header>
      <div class="columns">
        <form novalidate aria-label="Configuration" @submit=${preventSubmit}>
          ${formTemplate({ values: this.#values, plan, isDue })}
        </form>
        <div class="results">
          ${resultsTemplate(this.#values, plan, labels, {
            checks: this.#checks,
            busy: this.#busy,
            failure: this.#failure,
            diagnose: () => void this.#diagnose(),
          })}
        </div>
      </div>
    </div>`;
  }

  #plan(): Plan {
    return planOf(this.#values, location.href);
  }

  #change(values: Values): void {
    this.#values = values;
    this.#version++;
    this.#checks = undefined;
    this.#failure = undefined;
    this.#busy = false;
    this.requestUpdate();
  }

  readonly #readAddress = (): void => this.#change(readValues(location.hash));

  readonly #onInput = ({ target }: Event): void => {
    const { name, type, value, checked } = target as HTMLInputElement;
    if (name) this.#change({ ...this.#values, [name]: type === 'checkbox' ? (checked ? 'on' : '') : value });
  };

  /** The person has left the field. */
  readonly #onChange = ({ target }: Event): void => {
    this.#left.add((target as HTMLInputElement).name);
    this.requestUpdate();
    const fragment = writeValues(this.#values);
    try {
      history.replaceState(history.state, '', fragment ? `#${fragment}` : location.pathname + location.search);
    } catch {
      // Browsers limit how often; the next change writes it all.
    }
  };

  async #diagnose(): Promise<void> {
    const { attributes, page } = this.#plan();
    const version = this.#version;
    this.#asked = true;
    if (!page) return this.requestUpdate();
    this.#busy = true;
    this.#failure = undefined;
    this.requestUpdate();
    const answer = await askDoctor(attributes, page);
    if (version !== this.#version) return;
    this.#checks = 'checks' in answer ? answer.checks : undefined;
    this.#failure = 'failure' in answer ? answer.failure : undefined;
    this.#busy = false;
    this.requestUpdate();
  }
}

const preventSubmit = (event: Event): void => event.preventDefault();
