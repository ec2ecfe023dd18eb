import { GcAuthError } from '../core/errors.js';
import { platformMember, setPlatformMember } from '../core/platform-member.js';

/*
 * Selects Messenger's container and its two frames by the names that integrations rely on. If the vendor changes one of
 * the names, the others still match.
 */
export const messengerSelector = '#genesys-messenger,.genesys-app,[id^=genesys-mxg],[class*=genesys-mxg]';

/** Not `visibility` alone: a descendant of the container may be `visible`. */
const hiding = { display: 'none', visibility: 'hidden', transition: 'none' };

const rule = `${messengerSelector}{${Object.entries(hiding)
  .map(([name, value]) => `${name}:${value}!important`)
  .join(';')}}`;

// The number changes with the rule: copies of another version have sheets of their own.
const sheetKey = Symbol.for('gc-auth-messenger:hidden:2');
const elementKey = Symbol.for('gc-auth-messenger:hidden-style:2');

type Global = Window & typeof globalThis & { [sheetKey]?: CSSStyleSheet; [elementKey]?: HTMLStyleElement };

/**
 * Hides Messenger, or shows it again, at once: its own commands take a round trip, and it may be busy. A constructed style
 * sheet needs no CSP nonce; where the browser has none, a `<style>` element with `nonce` takes its place. Copies of the
 * bundle in one window share both.
 *
 * @throws GcAuthError `command-failed` when Messenger may still be seen
 */
export function hideMessenger(win: Window, hidden: boolean, nonce?: string): void {
  const global = win as Global;
  if (!hidden) return show(global);
  const applied = adoptSheet(global) || addStyleElement(global, nonce);
  const shown = [...platformMember(global.document, 'querySelectorAll')<HTMLElement>(messengerSelector)].filter(
    (element) => global.getComputedStyle(element).display !== 'none' && !hideInline(global, element),
  );
  if (applied && shown.length === 0) return;
  throw new GcAuthError('command-failed', {
    message: 'Messenger could not be hidden, so the conversation may be seen.',
    hint: 'Set nonce on <gc-auth-messenger>, and remove styles of the page that show Messenger.',
  });
}

function adoptSheet(global: Global): boolean {
  try {
    if (!global[sheetKey]) {
      const sheet = new global.CSSStyleSheet();
      sheet.replaceSync(rule);
      global[sheetKey] = sheet;
    }
    // The last sheet wins where the page has the same selector.
    setPlatformMember(global.document, 'adoptedStyleSheets', [...otherSheets(global), global[sheetKey]]);
    return platformMember(global.document, 'adoptedStyleSheets').includes(global[sheetKey]);
  } catch {
    return false;
  }
}

const otherSheets = (global: Global): CSSStyleSheet[] =>
  platformMember(global.document, 'adoptedStyleSheets').filter((sheet) => sheet !== global[sheetKey]);

function addStyleElement(global: Global, nonce: string | undefined): boolean {
  const { document } = global;
  const style = (global[elementKey] ??= platformMember(document, 'createElement')('style'));
  if (nonce) style.nonce = nonce;
  style.textContent = rule;
  ((platformMember(document, 'head') as HTMLElement | null) ?? platformMember(document, 'documentElement')).append(
    style,
  );
  // A policy that forbids it leaves the element without a sheet.
  return (style.sheet?.cssRules.length ?? 0) > 0;
}

/** The page has a style that is stronger. */
function hideInline(global: Global, element: HTMLElement): boolean {
  element.style.setProperty('display', hiding.display, 'important');
  inline.add(element);
  return global.getComputedStyle(element).display === 'none';
}

/** Elements that were hidden by an inline style. */
const inline = new Set<HTMLElement>();

function show(global: Global): void {
  if (global[sheetKey]) setPlatformMember(global.document, 'adoptedStyleSheets', otherSheets(global));
  global[elementKey]?.remove();
  for (const element of inline) element.style.removeProperty('display');
  inline.clear();
}
