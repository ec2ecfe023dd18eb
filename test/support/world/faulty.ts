import { concat, NEVER, Observable, of } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { Ports } from '../../../src/session/ports.js';

/** How an operation goes wrong. */
export const faults = ['fails', 'hangs', 'late', 'twice', 'garbage'] as const;
export type Fault = (typeof faults)[number];

/** What comes late comes after every deadline but that of a person. */
const lateMs = 60_000;

const garbage: unknown = {
  authCode: '',
  type: 'nonsense',
  expiresAt: 'never',
  issuedAt: null,
  answer: { error: null },
};

function faulty(source: Observable<unknown>, fault: Fault, scheduler: SchedulerLike): Observable<unknown> {
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
          next: (value) => [value, value].forEach((one) => subscriber.next(one)),
          error: (thrown) => subscriber.error(thrown),
          complete: () => subscriber.complete(),
        }),
      );
    case 'garbage':
      return concat(of(garbage), NEVER);
  }
}

type Method = (...args: readonly unknown[]) => unknown;

/** The ports with one operation (`code.silent`, or a command: `Auth.logout`) that goes wrong while it is `broken`. */
export function faultyPorts(
  ports: Ports,
  operation: string,
  fault: Fault,
  scheduler: SchedulerLike,
  broken: () => boolean,
): Ports {
  const [port = '', member = ''] = operation.split('.');
  const isCommand = !(port in ports);
  const target = (isCommand ? ports.messenger : ports[port as keyof Ports]) as unknown as object;
  const name = isCommand ? 'command' : member;
  const wrong = (value: unknown): unknown => {
    if (value instanceof Observable) return faulty(value, fault, scheduler);
    // What gives no answer can only throw.
    if (fault === 'fails') throw new Error('broken');
    return fault === 'garbage' ? garbage : value;
  };
  const proxy = new Proxy(target, {
    get(of, key) {
      const own: unknown = Reflect.get(of, key, of);
      const isIt = key === name;
      if (typeof own !== 'function') return isIt && broken() ? wrong(own) : own;
      return (...args: readonly unknown[]) => {
        const value = (own as Method).apply(of, args as unknown[]);
        return isIt && broken() && (!isCommand || args[0] === operation) ? wrong(value) : value;
      };
    },
  });
  return { ...ports, [isCommand ? 'messenger' : port]: proxy };
}
