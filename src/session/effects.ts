import {
  catchError,
  concat,
  defer,
  EMPTY,
  endWith,
  exhaustMap,
  ignoreElements,
  map,
  mergeMap,
  Observable,
  of,
  take,
  throwError,
  timeout,
} from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { asGcAuthError } from '../core/errors.js';
import { oneTimeValue } from '../core/grant.js';
import type { Effect } from '../core/effect.js';
import type { Input } from '../core/input.js';
import { readFailure } from '../core/messenger-failure.js';
import { attempt } from '../core/stored-value.js';
import type { Ports } from './ports.js';

/** In milliseconds; longer than every deadline of the rules, so it ends only commands that no phase waits for. */
const commandMs = 30_000;

/** Longest wait for the ledger, in milliseconds. Without an answer the code counts as used: a new one costs little. */
const ledgerMs = 1_000;

/**
 * Browsers keep a copy of local storage in each process. What one tab wrote is readable in another within this time, in
 * milliseconds. Measured in Chromium: 5 ms, while a lock is passed on faster.
 */
const storageLagMs = 100;

type EffectOf<Do extends Effect['do']> = Extract<Effect, { do: Do }>;

type ImmediateEffect = EffectOf<
  'remember-frames' | 'remember-redirect' | 'share' | 'hide-messenger' | 'refuse' | 'publish-ready' | 'publish'
>;

/** Effects that ports carry out. */
export type PortEffect =
  ImmediateEffect | EffectOf<'code' | 'test-frame' | 'warm' | 'prepare' | 'refresh' | 'answer' | 'command'>;

/** Messenger's facts as inputs; after a failure, that it responds after all. */
export const connect = ({ messenger }: Ports): Observable<Input> =>
  concat(
    asInputs(
      defer(() => messenger.connect()),
      (fact) => fact,
      (thrown) => ({ type: 'start-failed', error: asGcAuthError(thrown, 'script-blocked') }),
    ),
    defer(() => messenger.arrival()).pipe(map((): Input => ({ type: 'arrived' }))),
  );

/** Runs an effect. Emits its results as inputs for the rules; unsubscribing undoes what can be undone. */
export function runEffect(effect: PortEffect, ports: Ports, scheduler: SchedulerLike): Observable<Input> {
  const { code } = ports;
  switch (effect.do) {
    case 'code':
      return requestCode(effect, ports);
    case 'test-frame':
      return testFrame(effect, ports);
    case 'warm':
    case 'prepare':
      // They only save time: without them the next attempt takes longer.
      return code[effect.do]().pipe(catchError(() => EMPTY));
    case 'refresh':
      return refresh(effect, ports, scheduler);
    case 'answer':
      return answer(effect, ports, scheduler);
    case 'command':
      return command(effect.name, effect.operationId, ports, scheduler);
    default:
      callPort(effect, ports);
      return EMPTY;
  }
}

function callPort(effect: ImmediateEffect, { messenger, tabs, persistence }: Ports): void {
  switch (effect.do) {
    case 'remember-frames':
      return persistence.rememberFrames(effect.framesUnusable);
    case 'remember-redirect':
      return persistence.rememberRedirect(effect.outcome);
    case 'share':
      return tabs.write(effect.record, effect.message);
    case 'hide-messenger':
      return messenger.setHidden(effect.hidden);
    case 'refuse':
      return messenger.answer(effect.call.id, { error: effect.error });
    case 'publish-ready':
      return messenger.publishReady();
    case 'publish':
      return messenger.publish(effect.event, effect.data);
  }
}

/** The rules decide what a failure means, so it is an input like any other. */
const asInputs = <T>(
  source$: Observable<T>,
  inputOf: (value: T) => Input,
  failureOf: (thrown: unknown) => Input,
): Observable<Input> =>
  source$.pipe(
    map(inputOf),
    catchError((thrown: unknown) => of(failureOf(thrown))),
  );

/** A redirect emits nothing here: its result arrives with the next page. */
const requestCode = (
  { operationId, rung, reason, windowOpen }: EffectOf<'code'>,
  { code, page }: Ports,
): Observable<Input> =>
  asInputs(
    rung === 'redirect' || rung === 'silent-redirect'
      ? code
          .redirect({ windowOpen }, rung === 'silent-redirect' ? () => page.isUntouched() : undefined)
          .pipe(ignoreElements())
      : code[rung](reason),
    (grant) => ({ type: 'code-received', operationId, grant }),
    (thrown) => ({ type: 'code-failed', operationId, error: asGcAuthError(thrown, 'provider-error') }),
  );

/** Only the verdict counts: the code is not used. */
const testFrame = ({ operationId }: EffectOf<'test-frame'>, { code }: Ports): Observable<Input> =>
  asInputs(
    code.silent('test'),
    () => ({ type: 'frame-tested', operationId, verdict: 'code' }),
    (thrown) => ({ type: 'frame-tested', operationId, verdict: asGcAuthError(thrown, 'provider-error').code }),
  );

/** Settles a plugin call once: the first answer of the ledger decides, within its deadline. */
const answer = (
  { call, grant }: EffectOf<'answer'>,
  { ledger, messenger }: Ports,
  scheduler: SchedulerLike,
): Observable<Input> =>
  ledger.markUsed(oneTimeValue(grant)).pipe(
    // Without an answer, the code counts as used.
    endWith(false),
    take(1),
    timeout({ first: ledgerMs, scheduler }),
    catchError(() => of(false)),
    mergeMap((unused) => {
      if (!unused) return of<Input>({ type: 'already-used', call });
      // Messenger's own sign-in button waits for the event. It has the code, too, so only an unused one is published.
      if (call.command === 'signIn') attempt(() => messenger.publish('signedIn', grant));
      messenger.answer(call.id, { grant });
      return EMPTY;
    }),
  );

const command = (
  name: string,
  operationId: number,
  { messenger }: Ports,
  scheduler: SchedulerLike,
): Observable<Input> =>
  asInputs(
    messenger
      .command(name)
      .pipe(timeout({ first: commandMs, scheduler, with: () => throwError(() => new Error('no answer')) })),
    () => ({ type: 'command-settled', operationId }),
    (thrown) => ({ type: 'command-settled', operationId, failure: readFailure(thrown) }),
  );

/** Single flight among the tabs: refreshes while it holds the renewal lock, once. */
const refresh = (
  { operationId, force }: EffectOf<'refresh'>,
  ports: Ports,
  scheduler: SchedulerLike,
): Observable<Input> =>
  defer(() => {
    const { expiresAt } = ports.tabs.read();
    return renewalLock(ports, scheduler).pipe(
      exhaustMap((expiresAtNow) =>
        // The tab that held the lock before may have refreshed.
        !force && expiresAtNow !== expiresAt
          ? of<Input>({ type: 'renewed-in-other-tab', operationId })
          : command('Auth.refreshToken', operationId, ports, scheduler),
      ),
    );
  });

/**
 * Emits the shared record's expiry when this tab may refresh. The rules unsubscribe once they have written the new
 * expiry; the lock is then held until the next tab can read it.
 */
const renewalLock = ({ tabs }: Ports, scheduler: SchedulerLike): Observable<number | undefined> =>
  new Observable((subscriber) => {
    let held: { readonly expiresAt: number | undefined } | undefined;
    const enter = (): void => {
      const { expiresAt } = tabs.read();
      held ??= { expiresAt };
      subscriber.next(expiresAt);
    };
    // If the lock fails, the refresh runs without it.
    const lock = tabs.renewalLock().subscribe({ next: enter, error: enter });
    return () => {
      const written = held && tabs.read().expiresAt !== held.expiresAt;
      if (written) scheduler.schedule(() => lock.unsubscribe(), storageLagMs);
      else lock.unsubscribe();
    };
  });
