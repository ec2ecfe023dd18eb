import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { allEnvironments, readEnvironment } from '../core/environments.js';
import { valueOf } from './field.js';
import type { Field, Values } from './field.js';
import type { Fault } from './field-reader.js';
import * as fields from './fields.js';
import type { Plan } from './plan.js';
import { providers } from './providers/providers.js';

/** What a form shows. */
export interface FormState {
  readonly values: Values;
  readonly plan: Plan;
  /** Whether to say of a field that it is empty. */
  readonly isDue: (name: string) => boolean;
}

type Choices = ReadonlyArray<readonly [value: string, text: string]>;

/** The fault of a field that is to be shown. */
const dueFault = ({ plan, isDue }: FormState, { name }: Field): Fault | undefined => {
  const fault = plan.faults.get(name);
  return fault && (!fault.missing || isDue(name)) ? fault : undefined;
};

/** Label, control, what to write, and what is wrong. */
function fieldTemplate(
  state: FormState,
  field: Field,
  control: (described: string, invalid: boolean) => TemplateResult,
): TemplateResult {
  const { name, label, hint, optional } = field;
  const fault = dueFault(state, field);
  const more = fault && !fault.missing && fault.hint !== hint ? ` ${fault.hint}` : '';
  return html`<div class="field">
    <label for="field-${name}">${label} ${optional ? html`<span class="optional">(optional)</span>` : nothing}</label>
    ${control(`hint-${name} fault-${name}`, fault !== undefined)}
    <p class="quiet" id="hint-${name}">${hint}</p>
    <div id="fault-${name}">${fault ? html`<p class="fault">${fault.message}${more}</p>` : nothing}</div>
  </div>`;
}

const textField = (state: FormState, field: Field): TemplateResult =>
  fieldTemplate(
    state,
    field,
    (described, invalid) =>
      html`<input
        id="field-${field.name}"
        name=${field.name}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-describedby=${described}
        aria-invalid=${invalid}
        ?required=${field.optional !== true}
        .value=${valueOf(state.values, field)}
      />`,
  );

const selectField = (state: FormState, field: Field, choices: Choices, chosen: string): TemplateResult =>
  fieldTemplate(
    state,
    field,
    (described, invalid) =>
      html`<select id="field-${field.name}" name=${field.name} aria-describedby=${described} aria-invalid=${invalid}>
        ${choices.map(([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`)}
      </select>`,
  );

const checkbox = ({ values }: FormState, { name, label }: Field): TemplateResult =>
  html`<label class="choice">
    <input type="checkbox" name=${name} .checked=${valueOf(values, { name }) === 'on'} />
    <span>${label}</span>
  </label>`;

export const radioGroup = (values: Values, field: Field, choices: Readonly<Record<string, string>>): TemplateResult =>
  html`<fieldset>
    <legend>${field.label}</legend>
    ${Object.entries(choices).map(
      ([value, text]) =>
        html`<label class="choice">
          <input type="radio" name=${field.name} value=${value} .checked=${valueOf(values, field) === value} />
          <span>${text}</span>
        </label>`,
    )}
  </fieldset>`;

function environmentField(state: FormState): TemplateResult {
  const field = fields.environmentField;
  const environments = allEnvironments().map(({ name, domain }) => [name, `${name} · ${domain}`] as const);
  const chosen = readEnvironment(valueOf(state.values, field))?.name ?? '';
  return selectField(state, field, [['', 'Choose the region'], ...environments], chosen);
}

/** Provider and site; what only some need is folded, unless something is wrong there. */
export function formTemplate(state: FormState): TemplateResult {
  const { provider, faults } = state.plan;
  const choices = providers.map(({ id, title }) => [id, title] as const);
  const hasMore = fields.moreFields.some(({ name }) => faults.has(name) || state.values[name]);
  return html`<section class="card" aria-labelledby="provider-title">
      <h2 id="provider-title">OpenID provider</h2>
      ${selectField(state, fields.providerField, choices, provider.id)}
      ${provider.fields.map((field) => textField(state, field))} ${textField(state, fields.clientField)}
    </section>
    <section class="card" aria-labelledby="site-title">
      <h2 id="site-title">Genesys Cloud and your site</h2>
      ${environmentField(state)} ${fields.siteFields.map((field) => textField(state, field))}
    </section>
    <details class="card" ?open=${hasMore}>
      <summary>More settings</summary>
      <div>${fields.moreFields.map((field) => textField(state, field))}</div>
    </details>
    <section class="card" aria-labelledby="scripts-title">
      <h2 id="scripts-title">Scripts and policy</h2>
      ${textField(state, fields.bundleField)}
      ${selectField(
        state,
        fields.scriptsField,
        Object.entries(fields.scriptChoices),
        valueOf(state.values, fields.scriptsField),
      )}
      ${scriptProofs(state)} ${checkbox(state, fields.trustedTypesField)}
    </section>`;
}

function scriptProofs(state: FormState): TemplateResult | typeof nothing {
  const scripts = valueOf(state.values, fields.scriptsField);
  const field = { nonce: fields.nonceField, hash: fields.hashesField }[scripts];
  return field ? html`${textField(state, field)} ${checkbox(state, fields.hostListField)}` : nothing;
}
