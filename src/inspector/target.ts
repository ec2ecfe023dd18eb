import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { platformMember } from '../core/platform-member.js';
import { attempt as quietly } from '../core/stored-value.js';

const tag = 'gc-auth-messenger';

/** What there is to look at: the element, or a sentence that says why there is none. */
export type Target = { readonly element: HTMLElement; readonly missing?: undefined } | { readonly missing: string };

interface TargetHost extends ReactiveControllerHost, HTMLElement {
  readonly htmlFor?: string | undefined;
  targetChanged(target: Target): void;
}

/**
 * Finds the element, and follows it: the page may add it later, define its tag later, or replace it.
 */
export class TargetController implements ReactiveController {
  constructor(host: TargetHost) {
    this.#host = host;
    host.addController(this);
  }

  readonly #host: TargetHost;
  readonly #observer = new MutationObserver(() => this.look());
  #latest: Target | undefined;

  hostConnected(): void {
    const { ownerDocument } = this.#host;
    for (const root of new Set([this.#host.getRootNode(), ownerDocument])) {
      this.#observer.observe(root, { subtree: true, childList: true, attributeFilter: ['id'] });
    }
    this.look();
    if (!customElements.get(tag))
      void customElements.whenDefined(tag).then(() => this.#host.isConnected && this.look());
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#latest = undefined;
  }

  /** Looks again: something has changed. */
  look(): void {
    const next = this.#find();
    const before = this.#latest;
    if (before && next.missing === before.missing && elementOf(next) === elementOf(before)) return;
    this.#latest = next;
    this.#host.targetChanged(next);
  }

  #find(): Target {
    const { htmlFor, ownerDocument } = this.#host;
    const found = htmlFor ? this.#byId(htmlFor) : platformMember(ownerDocument, 'getElementsByTagName')(tag)[0];
    if (!found) {
      return { missing: htmlFor ? `The page has no element with the ID ${htmlFor}.` : `The page has no <${tag}>.` };
    }
    if (found.localName !== tag) return { missing: `#${htmlFor} is <${found.localName}>, not <${tag}>.` };
    if (!customElements.get(tag)) {
      return { missing: `<${tag}> is not defined: its script is not loaded yet, or could not be loaded.` };
    }
    // A tag in markup that a script has parsed but not inserted is not upgraded.
    quietly(() => customElements.upgrade(found));
    return { element: found as HTMLElement };
  }

  #byId(id: string): Element | undefined {
    const root = this.#host.getRootNode();
    const inRoot = root instanceof ShadowRoot ? root.getElementById(id) : undefined;
    return inRoot ?? platformMember(this.#host.ownerDocument, 'getElementById')(id) ?? undefined;
  }
}

const elementOf = (target: Target): HTMLElement | undefined => ('element' in target ? target.element : undefined);
