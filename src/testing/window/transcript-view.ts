import { element } from './dom.js';
import { texts } from './texts.js';
import type { Entry, ViewState } from './view-state.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** The transcript, oldest message first. Scrolls to the end when messages are added. */
export class TranscriptView {
  readonly node = element('div', { class: 'transcript', part: 'transcript', tabindex: '0' });
  readonly #list = element('div', {
    class: 'messages',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': texts.transcript,
  });
  readonly #welcome = element(
    'div',
    { class: 'welcome' },
    element('p', { class: 'welcome-title', dir: 'auto' }, texts.welcome),
    element('p', { dir: 'auto' }, texts.welcomeMore),
  );
  readonly #rows = new Map<string, HTMLElement>();

  constructor() {
    this.node.append(this.#welcome, this.#list);
  }

  render({ entries }: ViewState): void {
    this.#welcome.hidden = entries.length > 0;
    const keys = new Set(entries.map(({ key }) => key));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
    let hasNewRow = false;
    for (const [index, entry] of entries.entries()) {
      const known = this.#rows.get(entry.key);
      const row = known ?? createRow(entry);
      hasNewRow ||= known === undefined;
      this.#rows.set(entry.key, row);
      updateRow(row, entry);
      if (this.#list.children[index] !== row) this.#list.insertBefore(row, this.#list.children[index] ?? null);
    }
    if (hasNewRow) this.showEnd();
  }

  get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    return scrollHeight - scrollTop - clientHeight < 8;
  }

  showEnd(): void {
    this.node.scrollTop = this.node.scrollHeight;
  }
}

function createRow({ from, text }: Entry): HTMLElement {
  return element(
    'div',
    { class: `message from-${from}` },
    // Position and colour tell who wrote the message; this tells it to screen readers.
    element('span', { class: 'visually-hidden' }, from === 'person' ? 'You: ' : 'Agent: '),
    element('p', { class: 'bubble', dir: 'auto' }, text),
    element('span', { class: 'time', dir: 'auto' }),
  );
}

function updateRow(row: HTMLElement, { pending, time }: Entry): void {
  row.classList.toggle('pending', pending);
  const line = row.querySelector('.time');
  const text = pending ? texts.sending : clock.format(time);
  if (line && line.textContent !== text) line.textContent = text;
}
