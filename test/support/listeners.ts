export interface ListenerWatch {
  /** Listeners added and not removed since the watch started: `window message`, `document resume`, … */
  alive(): string[];
  end(): void;
}

type Add = typeof EventTarget.prototype.addEventListener;
type Remove = typeof EventTarget.prototype.removeEventListener;

/** Counts listeners of window and document. One that an abort signal or `once` removes counts as removed. */
export function watchListeners(): ListenerWatch {
  const { prototype } = EventTarget;

  const { addEventListener, removeEventListener } = prototype;
  const alive = new Map<unknown, string[]>();

  const forget = (listener: unknown, name: string): void => {
    const left = [...(alive.get(listener) ?? [])];
    const index = left.indexOf(name);
    if (index >= 0) left.splice(index, 1);
    alive.set(listener, left);
  };
  const nameOf = (target: unknown, type: string): string | undefined =>
    target === window ? `window ${type}` : target === document ? `document ${type}` : undefined;

  prototype.addEventListener = function (this: EventTarget | undefined, ...args: Parameters<Add>): void {
    const target = this ?? window;
    const [type, listener, options] = args;
    addEventListener.apply(target, args);
    const name = nameOf(target, type);
    const { signal, once } = Object(options) as AddEventListenerOptions;
    if (!name || signal?.aborted) return;
    alive.set(listener, [...(alive.get(listener) ?? []), name]);
    if (signal) addEventListener.call(signal, 'abort', () => forget(listener, name), { once: true });
    if (once) addEventListener.call(target, type, () => forget(listener, name), { once: true });
  };
  prototype.removeEventListener = function (this: EventTarget | undefined, ...args: Parameters<Remove>): void {
    const target = this ?? window;
    removeEventListener.apply(target, args);
    const name = nameOf(target, args[0]);
    if (name) forget(args[1], name);
  };

  return {
    alive: () => [...alive.values()].flat(),
    end: () => void Object.assign(prototype, { addEventListener, removeEventListener }),
  };
}
