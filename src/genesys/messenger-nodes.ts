import { EMPTY, exhaustMap, filter, fromEvent, map, merge, Observable, of, switchMap, tap, timer } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { GcAuthError } from '../core/errors.js';
import type { MessengerFact } from '../core/messenger.js';
import { platformEvents, platformMember } from '../core/platform-member.js';
import { beforeSwap, hasSwapped, isSwapOf, moveTo } from './body-swap.js';
import { messengerSelector } from './hide-messenger.js';

/** Messenger may replace its own nodes: time for that, in milliseconds. */
const replacedMs = 1_000;

/** A page that removes the nodes again and again wins: at most so many restores in so many milliseconds. */
const maxRestores = 5;
const restoresMs = 10_000;

/** A swap that was announced has happened after this time, in milliseconds, or never will. */
const swapMs = 10_000;

/**
 * Messenger's own nodes in the document. A library that replaces the body (Turbo, htmx) takes them out. They are put back,
 * unless they contain a frame: a frame that leaves the document loses its page. Where the library announces the swap and
 * the browser can move a node without taking it out, they are moved out of the body before, and back after it.
 */
export class MessengerNodes {
  constructor(win: Window, scheduler: SchedulerLike) {
    this.#document = win.document;
    this.#scheduler = scheduler;
  }

  readonly #document: Document;
  readonly #scheduler: SchedulerLike;
  #known: Element[] = [];
  #restores: number[] = [];
  #reported = false;
  /** The page removed only Messenger, so that was its purpose. */
  #onPurpose = false;
  /** The body that the nodes were moved out of, while they are beside it. */
  #movedFrom: HTMLElement | null = null;

  /** Emits once for each removal that cannot be undone. */
  watch(): Observable<MessengerFact> {
    return merge(this.#swaps(), this.#changes()).pipe(
      exhaustMap(() => (this.#restored() ? EMPTY : this.#onPurpose ? timer(replacedMs, this.#scheduler) : of(0))),
      filter(() => !this.#restored() && !this.#reported),
      map(() => {
        this.#reported = true;
        return { type: 'removed', error: new GcAuthError('messenger-removed') };
      }),
    );
  }

  /** @throws GcAuthError `messenger-removed` */
  assertPresent(): void {
    if (!this.#restored()) throw new GcAuthError('messenger-removed');
  }

  /**
   * Emits when an announced swap is over. At once, too: the element of the next page connects after the swap, and the page
   * may have replaced its body while no element was connected.
   */
  #swaps(): Observable<unknown> {
    const listen = (types: readonly string[]): Observable<Event> =>
      merge(...types.map((type) => fromEvent<Event>(platformEvents(this.#document), type)));
    return merge(
      listen(beforeSwap).pipe(
        tap((event) => this.#moveOut(event)),
        switchMap(() => timer(swapMs, this.#scheduler)),
      ),
      listen(hasSwapped),
      of(0),
    ).pipe(tap(() => this.#moveBack()));
  }

  #moveOut(event: Event): void {
    const body = this.#body;
    if (!this.#restored() || !body) return;
    const nodes = this.#known.filter((node) => body.contains(node) && isSwapOf(event, node));
    if (nodes.length > 0 && moveTo(platformMember(this.#document, 'documentElement'), nodes)) this.#movedFrom = body;
  }

  #moveBack(): void {
    const body = this.#body;
    if (!this.#movedFrom || !body) return;
    this.#movedFrom = null;
    // The page that the library had kept, or got from the server, may have copies of the nodes.
    for (const copy of this.#found.filter((node) => !this.#known.includes(node))) copy.remove();
    moveTo(
      body,
      this.#known.filter((node) => node.parentNode === platformMember(this.#document, 'documentElement')),
    );
  }

  #changes(): Observable<unknown> {
    return new Observable<void>((subscriber) => {
      const observe = (): void => {
        for (const parent of [platformMember(this.#document, 'documentElement'), this.#body]) {
          if (parent) observer.observe(parent, { childList: true });
        }
      };
      const observer = new MutationObserver((records) => {
        observe();
        if (!this.#onPurpose) this.#onPurpose = this.#lost.length > 0 && records.every(isOfMessenger);
        // An element that was in the replaced body is told in a microtask: without an element, nothing is restored.
        queueMicrotask(() => subscriber.next());
      });
      observe();
      return () => observer.disconnect();
    });
  }

  /** Whether Messenger is in the document, also because it has been put back. */
  #restored(): boolean {
    if (this.#movedFrom && this.#movedFrom !== this.#body) this.#moveBack();
    const found = this.#found;
    const lost = this.#lost;
    const others = found.filter((node) => !this.#known.includes(node));
    if (lost.length > 0 && !(this.#onPurpose && others.length > 0)) {
      if (!this.#mayRestore(lost)) return false;
      // A copy of the body, which the library had kept, has copies of the nodes.
      for (const copy of others) copy.remove();
      this.#body?.append(...lost);
    } else if (!this.#movedFrom) {
      this.#known = found;
    }
    this.#reported = this.#onPurpose = false;
    return true;
  }

  #mayRestore(lost: readonly Element[]): boolean {
    const now = this.#scheduler.now();
    this.#restores = this.#restores.filter((at) => at > now - restoresMs);
    if (this.#onPurpose || !this.#body || lost.some(hasFrame) || this.#restores.length >= maxRestores) return false;
    this.#restores.push(now);
    return true;
  }

  get #body(): HTMLElement | null {
    return platformMember(this.#document, 'body');
  }

  get #found(): Element[] {
    return [...platformMember(this.#document, 'querySelectorAll')(messengerSelector)].filter(isOutermost);
  }

  get #lost(): Element[] {
    return this.#known.filter((node) => !node.isConnected);
  }
}

const isOutermost = (node: Element): boolean => !node.parentElement?.closest(messengerSelector);

const isMessenger = (node: Node): boolean => node instanceof Element && node.matches(messengerSelector);

const isOfMessenger = ({ addedNodes, removedNodes }: MutationRecord): boolean =>
  [...addedNodes, ...removedNodes].every(isMessenger);

const hasFrame = (node: Element): boolean =>
  node.matches('iframe') || [node, node.shadowRoot].some((root) => root?.querySelector('iframe'));
