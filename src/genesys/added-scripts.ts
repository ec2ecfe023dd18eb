import { Observable } from 'rxjs';
import { platformMember } from '../core/platform-member.js';
import { genesysOf, globalsOf, snippetName } from './genesys-global.js';
import type { GenesysGlobal } from './genesys-global.js';
import { scriptSelector } from './snippet.js';

/** Emits each script of Messenger that is added to the document, before it runs. */
export const addedScripts = ({ document }: Window): Observable<HTMLScriptElement> =>
  new Observable((subscriber) => {
    const observer = new MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes] as HTMLScriptElement[])) {
        if (node.isConnected && (node as Partial<Element>).matches?.(scriptSelector)) subscriber.next(node);
      }
    });
    for (const name of ['documentElement', 'head', 'body'] as const) {
      const parent = platformMember(document, name) as Element | null;
      if (parent) observer.observe(parent, { childList: true });
    }
    return () => observer.disconnect();
  });

/**
 * Keeps a script that has not run from running: a script runs only in the document for which it was prepared.
 *
 * @see https://html.spec.whatwg.org/multipage/scripting.html#execute-the-script-element
 */
export function discardScript(script: HTMLScriptElement, { document }: Window): void {
  platformMember(document, 'implementation').createHTMLDocument('').adoptNode(script);
}

/** A snippet that runs after the script may have defined a queue that no script reads. The bus takes its place. */
export function replaceLateQueue(bus: GenesysGlobal, win: Window): void {
  const late = genesysOf(win);
  if (!late || late === bus) return;
  globalsOf(win)[snippetName(win) ?? 'Genesys'] = bus;
  for (const call of late.q ?? []) bus(...Array.from(call));
}
