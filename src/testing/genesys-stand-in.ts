import { readSnippet } from './snippet.js';
import { startStandIn } from './stand-in.js';
import type { StandIn } from './stand-in.js';

declare global {
  interface Window {
    genesysStandIn?: StandIn;
  }
}

const snippet = readSnippet(window as unknown as Record<string, unknown>);
const script = document.currentScript;

if (!snippet || !(script instanceof HTMLScriptElement)) {
  console.warn('Genesys Messenger stand-in: no snippet with a deploymentId on this page');
} else {
  window.genesysStandIn = startStandIn({ snippet, scriptOrigin: new URL(script.src).origin });
}
