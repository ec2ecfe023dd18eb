import { platformEvents, platformMember, scriptGlobal } from '../core/platform-member.js';
import { ownNames, required } from '../core/script-tag-names.js';
import type { GcAuthMessenger } from './gc-auth-messenger.js';

/** Called with each element that a script tag has made. */
export type MountCallback = (element: GcAuthMessenger) => void;

/** `window.gcAuthMessenger`: an array before the bundle is there, afterwards anything with `push()`. */
export interface MountQueue {
  push(...callbacks: MountCallback[]): void;
}

declare global {
  interface Window {
    gcAuthMessenger?: MountQueue | undefined;
  }
}

/**
 * Of the attributes of every element. No others: sanitisers of markup let `data-*` through, and `data-onclick` must not become
 * an event handler.
 */
const globalAttributes: readonly string[] = ['id', 'class', 'nonce'];

/** The attributes that `data-*` stand for. */
function attributesOf({ attributes }: Element): Map<string, string> {
  const found = [...attributes].filter(({ name }) => name.startsWith('data-') && !ownNames.includes(name));
  return new Map(found.map(({ name, value }) => [name.slice(5), value]));
}

/** Optimisers of scripts may load the bundle from a script or a file of their own, and leave the tag in the page. */
const ownScript = 'script[src*="gc-auth-messenger.iife"]';

/** Whether the script that runs is the tag itself. A file of the same name never takes what another tag says. */
const isOwn = (script: Element): boolean =>
  script.matches(ownScript) ||
  script.hasAttribute('data-mount') ||
  required.some((name) => script.hasAttribute(`data-${name}`));

/**
 * For pages that strip unknown tags: makes elements from the script tag that loads the classic bundle, and from the
 * placeholders of the page.
 *
 * - A script tag with the attributes of the element as `data-*` makes one at the end of the body, once there is one.
 * - With `data-mount`, each `<div data-gc-auth-messenger>` gets one inside in its place, once the page is parsed. What the script
 *   tag says wins, because whoever may write text to the page may be able to write such a `<div>`.
 * - Functions in `window.gcAuthMessenger` are called with each of them.
 */
export function mountByScriptTag(win: Window): void {
  const { document } = win;
  const waiting = scriptGlobal(win, 'gcAuthMessenger');
  // Another copy of the bundle was first.
  if (waiting !== undefined && !Array.isArray(waiting)) return;
  const queue = createQueue();
  win.gcAuthMessenger = queue;
  queue.push(...((waiting ?? []) as MountCallback[]));

  const find = platformMember(document, 'querySelectorAll');
  const current = platformMember(document, 'currentScript');
  const script = current && isOwn(current) ? current : find(ownScript)[0];
  if (!script) return;
  const { observedAttributes } = win.customElements.get('gc-auth-messenger') as typeof GcAuthMessenger;
  const known = [...observedAttributes, ...globalAttributes];
  const fixed = attributesOf(script);
  const mount = (parent: Element, attributes: ReadonlyMap<string, string>): void => {
    const element = platformMember(document, 'createElement')('gc-auth-messenger');
    for (const [name, value] of attributes) if (known.includes(name)) element.setAttribute(name, value);
    parent.append(element);
    queue.mounted(element);
  };
  const hasOwn = required.some((name) => fixed.has(name));
  if (!script.hasAttribute('data-mount')) {
    if (hasOwn) whenReady(document, 'body', (body) => mount(body, fixed));
    return;
  }
  whenReady(document, 'parsed', (body) => {
    const places = find('div[data-gc-auth-messenger]');
    for (const place of places) mount(place, new Map([...attributesOf(place), ...fixed]));
    if (places.length === 0 && hasOwn) mount(body, fixed);
  });
}

/** A queue whose functions are called with every element, those before and those after. */
function createQueue(): MountQueue & { mounted(element: GcAuthMessenger): void } {
  const elements: GcAuthMessenger[] = [];
  const callbacks: MountCallback[] = [];
  return {
    push(...added) {
      for (const callback of added.filter((one) => typeof one === 'function')) {
        callbacks.push(callback);
        for (const element of elements) callBack(callback, element);
      }
    },
    mounted(element) {
      elements.push(element);
      for (const callback of callbacks) callBack(callback, element);
    },
  };
}

/** Calls back with the body, at once or as soon as there is one: when it has begun, or the page is parsed. */
function whenReady(document: Document, what: 'body' | 'parsed', then: (body: Element) => void): void {
  const body = (): Element | null => platformMember(document, 'body');
  const ready = (): boolean =>
    what === 'body' ? body() !== null : platformMember(document, 'readyState') !== 'loading';
  if (ready()) return then(body()!);
  platformEvents(document).addEventListener('readystatechange', () => then(body()!), { once: true });
}

/** An error of a callback is the page's own, and keeps nobody else from being called. */
function callBack(callback: MountCallback, element: GcAuthMessenger): void {
  try {
    callback(element);
  } catch (error) {
    reportError(error);
  }
}
