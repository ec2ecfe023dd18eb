/*
 * Events of libraries that replace the body, or its content. Each library dispatches them on the document or inside it.
 * `moveBefore()` moves a node, and the frames in it keep their documents.
 *
 * https://turbo.hotwired.dev/reference/events
 * https://docs.astro.build/en/guides/view-transitions/#lifecycle-events
 * https://htmx.org/events and https://four.htmx.org/reference/events
 * https://developer.mozilla.org/docs/Web/API/Element/moveBefore
 */

/** Before the swap. htmx: version 2, its history, and version 4. */
export const beforeSwap = [
  'turbo:before-render',
  'turbolinks:before-render',
  'astro:before-swap',
  'htmx:beforeSwap',
  'htmx:historyCacheHit',
  'htmx:historyCacheMissLoad',
  'htmx:before:swap',
];

/** After the swap, in the same order. */
export const hasSwapped = [
  'turbo:render',
  'turbolinks:render',
  'astro:after-swap',
  'htmx:afterSwap',
  'htmx:historyRestore',
  'htmx:after:swap',
];

/** The event's `detail` in htmx. The others replace the whole body. */
interface Swap {
  readonly target?: unknown;
  readonly tasks?: ReadonlyArray<{ readonly target?: unknown }>;
}

/** Whether the swap may take the node out: htmx names the elements that it swaps, or a selector. */
export function isSwapOf(event: Event, node: Node): boolean {
  const { target, tasks = [] } = ((event as CustomEvent).detail ?? {}) as Swap;
  const targets = [target, ...tasks.map((task) => task.target)].filter(Boolean);
  return targets.length === 0 || targets.some((swapped) => (swapped as Partial<Node>).contains?.(node) ?? true);
}

type Movable = Element & { moveBefore?(node: Element, child: null): void };

/** Moves the nodes to the end of the parent, without taking them out of the document. False where no browser can. */
export function moveTo(parent: Movable, nodes: readonly Element[]): boolean {
  for (const node of nodes) parent.moveBefore?.(node, null);
  return parent.moveBefore !== undefined;
}
