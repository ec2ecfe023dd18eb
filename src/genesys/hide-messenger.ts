/*
 * Selects Messenger's container and its two frames by the names that integrations rely on. If the vendor changes one of
 * the names, the others still match.
 */
const rule =
  '#genesys-messenger,.genesys-app,[id^=genesys-mxg],[class*=genesys-mxg]' +
  '{visibility:hidden!important;transition:none!important}';

/** The number changes with the rule: copies of another version have a sheet of their own. */
const key = Symbol.for('gc-auth-messenger:hidden:1');

/**
 * Hides Messenger, or shows it again, at once: its own commands take a round trip, and it may be busy. A constructed style
 * sheet needs no CSP nonce. Copies of the bundle in one window share the sheet.
 */
export function hideMessenger(win: Window, hidden: boolean): void {
  const global = win as Window & typeof globalThis & { [key]?: CSSStyleSheet };
  const { document } = global;
  if (!global[key]) {
    if (!hidden) return;
    global[key] = new global.CSSStyleSheet();
    global[key].replaceSync(rule);
  }
  const others = document.adoptedStyleSheets.filter((sheet) => sheet !== global[key]);
  document.adoptedStyleSheets = hidden ? [...others, global[key]] : others;
}
