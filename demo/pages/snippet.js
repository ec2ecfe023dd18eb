import { byId, make } from './dom.js';

/**
 * Shows the tag of this page.
 *
 * @param {Record<string, string>} attributes
 */
export function showSnippet(attributes) {
  byId('snippet').replaceChildren(...markup(attributes));
}

export function addCopyButton() {
  const status = byId('copied');
  byId('copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(byId('snippet').textContent ?? '');
      status.textContent = 'Copied.';
    } catch {
      getSelection()?.selectAllChildren(byId('snippet'));
      status.textContent = 'Selected. Copy it with your keyboard.';
    }
  });
}

/** @param {Record<string, string>} attributes @returns {(Node | string)[]} */
function markup(attributes) {
  const script = new URL('/dist/gc-auth-messenger.js', location.href).href;
  return [
    ...tag('script', { type: 'module', src: script }, false),
    '\n',
    ...tag('gc-auth-messenger', attributes, true),
  ];
}

/** @param {string} name @param {Record<string, string>} attributes @param {boolean} multiline one attribute per line */
function tag(name, attributes, multiline) {
  const pairs = Object.entries(attributes).flatMap(([attribute, value]) => [
    multiline ? '\n  ' : ' ',
    part('attribute', attribute),
    '=',
    part('value', `"${value}"`),
  ]);
  return ['<', part('name', name), ...pairs, multiline ? '\n>' : '>', '</', part('name', name), '>'];
}

/** @param {string} kind @param {string} text */
const part = (kind, text) => make('span', { class: `code-${kind}` }, text);
