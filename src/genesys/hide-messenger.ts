/*
 * Hides Messenger's own interface without its help: its commands take a round trip, and it may be busy. The container
 * and its two frames, by the names that integrations rely on; a change of one leaves the others.
 */
const rule =
  '#genesys-messenger,.genesys-app,[id^=genesys-mxg],[class*=genesys-mxg]' +
  '{visibility:hidden!important;transition:none!important}';

const key = Symbol.for('gc-auth-messenger:curtain');

/** A constructed sheet needs no nonce in the CSP. One per window, also when the bundle runs there twice. */
export function hideMessenger(win: Window, closed: boolean): void {
  const global = win as Window & typeof globalThis & { [key]?: CSSStyleSheet };
  const { document } = global;
  if (!global[key]) {
    if (!closed) return;
    global[key] = new global.CSSStyleSheet();
    global[key].replaceSync(rule);
  }
  const others = document.adoptedStyleSheets.filter((sheet) => sheet !== global[key]);
  document.adoptedStyleSheets = closed ? [...others, global[key]] : others;
}
