import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { CheckRecord } from '../inspector/records.js';
import { valueOf } from './field.js';
import type { Values } from './field.js';
import * as fields from './fields.js';
import { radioGroup } from './form.js';
import { callbackSteps, genesysSteps } from './genesys.js';
import type { Plan } from './plan.js';
import type { Step } from './providers/provider.js';
import { elementForm, npmForm, scriptForm } from './tag.js';

/** What the doctor says. */
export interface DoctorState {
  readonly checks: readonly CheckRecord[] | undefined;
  readonly busy: boolean;
  readonly failure: string | undefined;
  readonly diagnose: () => void;
}

const codeBlock = (label: string, text: string): TemplateResult =>
  html`<gc-auth-setup-code .label=${label} .text=${text}></gc-auth-setup-code>`;

const card = (id: string, title: string, content: unknown): TemplateResult =>
  html`<section class="card" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section>`;

const notYet = 'Not known yet: it follows from what you fill in.';

const valueTemplate = (title: string, value: string | undefined): TemplateResult =>
  value === undefined ? html`<dd class="quiet">${notYet}</dd>` : html`<dd>${codeBlock(title, value)}</dd>`;

const stepsTemplate = (steps: readonly Step[]): TemplateResult =>
  html`<dl class="steps">
    ${steps.map(
      ({ title, text, ...step }) =>
        html`<div>
          <dt>${title}</dt>
          ${'value' in step ? valueTemplate(title, step.value) : nothing}
          ${text === undefined ? nothing : html`<dd class="quiet">${text}</dd>`}
        </div>`,
    )}
  </dl>`;

function tagTemplate(values: Values, { attributes, bundle }: Plan): TemplateResult {
  const form = valueOf(values, fields.formField);
  const content =
    form === 'npm'
      ? npmForm(attributes).map(
          ([title, code]) =>
            html`<h3>${title}</h3>
              ${codeBlock(title, code)}`,
        )
      : codeBlock('the tag', form === 'script' ? scriptForm(attributes, bundle) : elementForm(attributes, bundle));
  return html`${radioGroup(values, fields.formField, fields.formChoices)} ${content}`;
}

function policiesTemplate({ policies, provider, faults }: Plan): TemplateResult {
  if ('fault' in policies) {
    const { missing, message, hint } = policies.fault;
    return missing ? html`<p class="quiet">${notYet}</p>` : html`<p class="fault">${message} ${hint}</p>`;
  }
  return html`<h3>Of the page</h3>
    <p class="quiet">What the element, Messenger and the provider need. Add what your page needs.</p>
    ${
      provider.fields.some(({ name }) => faults.has(name))
        ? html`<p class="todo">The provider is not in it yet: its fields are not complete.</p>`
        : nothing
    }
    ${codeBlock('policy of the page', `Content-Security-Policy: ${policies.page}`)}
    <h3>Of the callback page</h3>
    ${codeBlock('policy of the callback page', `Content-Security-Policy: ${policies.callback}`)}`;
}

function doctorTemplate({ page }: Plan, { checks, busy, failure, diagnose }: DoctorState): TemplateResult {
  const origin = page && new URL(page.href).origin;
  return html`${
      origin === undefined || origin === location.origin
        ? nothing
        : html`<p class="quiet">
            From here the doctor sees what every site sees of ${origin}. Host this page there, and it sees the callback
            page, the headers of the page, and what the provider shares with it.
          </p>`
    }
    <gc-auth-inspector-doctor
      .checks=${checks}
      .busy=${busy}
      .failure=${failure}
      .disabled=${page === undefined}
      @diagnose=${diagnose}
    ></gc-auth-inspector-doctor>`;
}

/** The fields that are still empty. */
function todoTemplate({ faults }: Plan, labels: ReadonlyMap<string, string>): TemplateResult {
  const named = (missing: boolean): string =>
    [...faults]
      .filter(([, fault]) => fault.missing === missing)
      .map(([name]) => labels.get(name) ?? name)
      .join(', ');
  const [empty, wrong] = [named(true), named(false)];
  const text = [empty && `Still to fill in: ${empty}.`, wrong && `To correct: ${wrong}.`].filter(Boolean).join(' ');
  return html`<div class="status" role="status">${faults.size > 0 ? html`<p class="todo">${text}</p>` : nothing}</div>`;
}

/** What follows from what was filled in. */
export function resultsTemplate(
  values: Values,
  plan: Plan,
  labels: ReadonlyMap<string, string>,
  doctor: DoctorState,
): TemplateResult {
  const { provider, attributes, page, faults } = plan;
  const url = page && new URL(page.href);
  const client = {
    redirectUri: faults.has('redirect-uri') ? undefined : attributes['redirect-uri'],
    origin: url?.origin,
    postLogoutRedirectUri: attributes['post-logout-redirect-uri'],
    scope: attributes['scope'] ?? '',
  };
  const recipe = provider.recipe ? `docs/providers/${provider.recipe}` : 'docs/setup.md';
  return html`${todoTemplate(plan, labels)} ${card('tag', 'The tag', tagTemplate(values, plan))}
  ${card('callback', 'The callback page', stepsTemplate(callbackSteps(client.redirectUri)))}
  ${card(
    'registration',
    `At the provider: ${provider.title}`,
    html`<p class="quiet">${provider.where}. More in ${recipe} of the source.</p>
      ${stepsTemplate(provider.steps(client))}`,
  )}
  ${card('genesys', 'At Genesys Cloud', stepsTemplate(genesysSteps(attributes, url?.hostname)))}
  ${card('policy', 'Content Security Policy', policiesTemplate(plan))}
  ${card('doctor', 'Doctor', doctorTemplate(plan, doctor))}`;
}
