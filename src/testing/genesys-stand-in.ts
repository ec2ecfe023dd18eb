/**
 * The stand-in as a classic script, to be served in place of `genesys.min.js`. It reads the page's snippet, loads the
 * deployment from the origin it is served from (in place of `apps.`, Genesys has it on `api-cdn.`), and sets `window.genesysStandIn`.
 */
import { readSnippet } from './snippet.js';
import { startStandIn } from './stand-in.js';
import type { StandIn } from './stand-in.js';

declare global {
  interface Window {
    genesysStandIn?: StandIn;
  }
}

const snippet = readSnippet(window as unknown as Record<string, unknown>);
const script = currentScript();

/** A `<form name="currentScript">` overrides the member of `document`, not that of its prototype. */
function currentScript(): HTMLScriptElement | undefined {
  const member = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript');
  return [document.currentScript, member?.get?.call(document) as unknown].find(
    (one) => one instanceof HTMLScriptElement,
  );
}

if (!snippet || !script) {
  console.warn('Genesys Messenger stand-in: this page has no snippet with a deploymentId');
} else {
  const scriptOrigin = new URL(script.src).origin.replace(/^https:\/\/apps\./, 'https://api-cdn.');
  window.genesysStandIn = startStandIn({ snippet, scriptOrigin });
}
