import { concat, NEVER, Observable, of } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { Ports } from '../../../src/session/ports.js';

/** How an operation of a port goes wrong. */
export const faults = ['fails', 'hangs', 'late', 'twice', 'garbage'] as const;
export type Fault = (typeof faults)[number];

/** Delay of a late answer in milliseconds: longer than every deadline except that of the popup. */
const lateMs = 60_000;

const garbage: unknown = {
  authCode: '',
  type: 'nonsense',
  expiresAt: 'never',
  issuedAt: null,
  answer: { error: null },
};

function faultyObservable(source: Observable<unknown>, fault: Fault, scheduler: SchedulerLike): Observable<unknown> {
  switch (fault) {
    case 'fails':
      return new Observable((subscriber) => subscriber.error(new Error('broken')));
    case 'hangs':
      return NEVER;
    case 'late':
      return new Observable((subscriber) => {
        subscriber.add(scheduler.schedule(() => subscriber.add(source.subscribe(subscriber)), lateMs));
      });
    case 'twice':
      return new Observable((subscriber) =>
        source.subscribe({
          next: (value) => [value, value].forEach((copy) => subscriber.next(copy)),
          error: (thrown) => subscriber.error(thrown),
          complete: () => subscriber.complete(),
        }),
      );
    case 'garbage':
      return concat(of(garbage), NEVER);
  }
}

type Method = (...args: readonly unknown[]) => unknown;

/**
 * The ports, with one faulty operation.
 *
 * @param operation A method (`code.silent`) or a Messenger command (`Auth.logout`).
 * @param isFaulty Whether the operation is faulty at the moment.
 */
export function faultyPorts(
  ports: Ports,
  operation: string,
  fault: Fault,
  scheduler: SchedulerLike,
  isFaulty: () => boolean,
): Ports {
  const [port = '', member = ''] = operation.split('.');
  const isCommand = !(port in ports);
  const target = (isCommand ? ports.messenger : ports[port as keyof Ports]) as unknown as object;
  const name = isCommand ? 'command' : member;
  const faultyResult = (value: unknown): unknown => {
    if (value instanceof Observable) return faultyObservable(value, fault, scheduler);
    // A method that returns no observable can only throw.
    if (fault === 'fails') throw new Error('broken');
    return fault === 'garbage' ? garbage : value;
  };
  const proxy = new Proxy(target, {
    get(object, key) {
      const own: unknown = Reflect.get(object, key, object);
      const matches = key === name;
      if (typeof own !== 'function') return matches && isFaulty() ? faultyResult(own) : own;
      return (...args: readonly unknown[]) => {
        const value = (own as Method).apply(object, args as unknown[]);
        return matches && isFaulty() && (!isCommand || args[0] === operation) ? faultyResult(value) : value;
      };
    },
  });
  return { ...ports, [isCommand ? 'messenger' : port]: proxy };
}
