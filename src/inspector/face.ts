import { attempt as quietly } from '../core/stored-value.js';
import type { GcEventMap } from '../element/events.js';
import type { GcAuthMessenger } from '../element/gc-auth-messenger.js';
import { member } from './records.js';

/** The names of the streams that the inspector listens to. */
type StreamName = Extract<keyof GcAuthMessenger, `${string}$`>;

interface Subscribable {
  subscribe(observer: { next: (value: unknown) => void; error: () => void }): { unsubscribe(): void } | undefined;
}

const isSubscribable = (value: unknown): value is Subscribable => typeof member(value, 'subscribe') === 'function';

/**
 * Listens to a stream of the element, which replays the latest value; to the event where there is no such stream. Nothing that the
 * listener throws reaches the element.
 *
 * @returns stops it
 */
export function listen(
  element: Element,
  stream: StreamName | undefined,
  event: keyof GcEventMap,
  heard: (detail: unknown) => void,
): () => void {
  const next = (value: unknown): void => quietly(() => heard(value));
  const observable = stream && member(element, stream);
  if (isSubscribable(observable)) {
    const subscription = quietly(() => observable.subscribe({ next, error: () => undefined }));
    return () => quietly(() => subscription?.unsubscribe());
  }
  const listener = (told: Event): void => next(member(told, 'detail'));
  element.addEventListener(event, listener);
  return () => element.removeEventListener(event, listener);
}
