import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Prompt } from '../core/snapshot.js';
import type { Strings, Texts } from './texts.js';

export interface PromptActions {
  readonly act: () => void;
  readonly dismiss: () => void;
}

export interface PromptView {
  /** There was a sign-in before. */
  readonly again: boolean;
  /** Messenger's window is open, so the corner is taken. */
  readonly aside: boolean;
  /** Messenger's launcher is on the left. */
  readonly left: boolean;
  /** The provider's page that asks for storage access, if any. */
  readonly storageAccess: TemplateResult | typeof nothing;
  /** That page shows a button, so the prompt needs none of its own. */
  readonly storageAccessReady: boolean;
}

/** Text, one button, a way to dismiss; while a popup is waited for, progress, and the two as Reopen and Cancel. A status, not an alert: nobody is interrupted. */
export function promptTemplate(
  prompt: Prompt,
  { again, aside, left, storageAccess, storageAccessReady }: PromptView,
  texts: Texts,
  actions: PromptActions,
): TemplateResult {
  const { strings, lang, dir } = texts;
  const waiting = prompt.kind === 'waiting';
  // One template for all kinds: what has the focus keeps it.
  return html`<section
    class="prompt ${aside ? 'aside' : ''} ${left ? 'left' : ''} ${waiting ? 'waiting' : ''}"
    part="prompt"
    popover="manual"
    role="status"
    lang=${lang}
    dir=${dir}
  >
    <p class="message" part="message"><slot name="message">${message(prompt, again, strings)}</slot></p>
    <button
      class="dismiss"
      part="dismiss"
      type="button"
      aria-label=${waiting ? strings.cancel : strings.dismiss}
      @click=${actions.dismiss}
    >
      ${waiting ? strings.cancel : cross}
    </button>
    ${storageAccess}${
      storageAccessReady
        ? nothing
        : html`<button class="button" part="button" type="button" @click=${actions.act}>
            <slot name="button">${strings[buttons[prompt.kind]]}</slot>
          </button>`
    }
  </section>`;
}

const buttons = { 'sign-in': 'signInButton', retry: 'retryButton', waiting: 'reopenButton' } as const;

function message({ kind, code }: Prompt, again: boolean, strings: Strings): string {
  if (kind === 'waiting') return strings.waiting;
  if (kind === 'retry') return strings.failed;
  if (code === 'popup-blocked') return strings.blocked;
  return again ? strings.signInAgain : strings.signIn;
}

const cross = html`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
  <path d="M3 3l10 10M13 3L3 13" />
</svg>`;
