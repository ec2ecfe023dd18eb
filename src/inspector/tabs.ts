import { html } from 'lit';
import type { TemplateResult } from 'lit';

export interface Tab {
  readonly id: string;
  readonly title: string;
  /** How much there is to see; undefined when it is not counted. */
  readonly count: number | undefined;
}

/**
 * A list of tabs with a roving tab stop: arrow keys, Home and End choose a tab and move the focus to it.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export const tabsTemplate = (tabs: readonly Tab[], chosen: string, choose: (id: string) => void): TemplateResult =>
  html`<div
    class="tabs"
    role="tablist"
    aria-label="Details"
    @keydown=${(pressed: KeyboardEvent) => onKey(pressed, tabs, chosen, choose)}
  >
    ${tabs.map(
      ({ id, title, count }) =>
        html`<button
          class="tab"
          type="button"
          role="tab"
          id="tab-${id}"
          aria-controls="panel"
          aria-selected=${id === chosen}
          tabindex=${id === chosen ? 0 : -1}
          @click=${() => choose(id)}
        >
          ${title}${count ? html` <span class="count">${count}</span>` : ''}
        </button>`,
    )}
  </div>`;

function onKey(pressed: KeyboardEvent, tabs: readonly Tab[], chosen: string, choose: (id: string) => void): void {
  if (pressed.altKey || pressed.ctrlKey || pressed.metaKey || pressed.shiftKey) return;
  const list = pressed.currentTarget as HTMLElement;
  const forward = list.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
  const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
  const at = tabs.findIndex(({ id }) => id === chosen);
  const places: Readonly<Record<string, number>> = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: -1 };
  const place = places[pressed.key];
  if (place === undefined) return;
  pressed.preventDefault();
  const next = tabs.at(place % tabs.length)!;
  choose(next.id);
  list.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
}
