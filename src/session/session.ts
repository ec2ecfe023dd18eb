import {
  concat,
  defer,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  NEVER,
  Subject,
  Subscription,
  switchMap,
  takeUntil,
  tap,
  timeout,
  timer,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { Config } from '../core/config.js';
import { asGcAuthError, GcAuthError } from '../core/errors.js';
import type { Attempt } from '../core/errors.js';
import { initialModel, nextDue, unusedGrant } from '../core/model.js';
import type { Conditions } from '../core/conditions.js';
import type { Effect } from '../core/effect.js';
import type { Input } from '../core/input.js';
import type { Caller, Model } from '../core/model.js';
import type { SignedOutReason } from '../core/phase.js';
import { snapshot } from '../core/snapshot.js';
import type { Snapshot } from '../core/snapshot.js';
import type { TokenInfo } from '../core/token.js';
import { transition } from '../core/transition.js';
import { Callers } from './callers.js';
import { connect, runEffect } from './effects.js';
import type { PortEffect } from './effects.js';
import type { Ports } from './ports.js';
import { startInputs } from './start-inputs.js';

/** What happened in a session, for the element. Emitted in order. */
export type SessionEvent =
  | { readonly type: 'ready' }
  | { readonly type: 'token'; readonly token: TokenInfo }
  | { readonly type: 'error'; readonly error: GcAuthError }
  | { readonly type: 'attempt'; readonly attempt: Attempt }
  | { readonly type: 'signed-in' }
  | { readonly type: 'signed-out'; readonly reason: SignedOutReason }
  | { readonly type: 'messenger'; readonly name: string; readonly data: unknown };

export interface SessionOptions {
  readonly config: Config;
  readonly ports: Ports;
  /** Timers, and the clock of all deadlines: epoch ms, never backwards. */
  readonly scheduler: SchedulerLike;
  /** 0…1; spreads renewals and retries. */
  readonly random: () => number;
}

/** Longest delay of a timer in ms (31 bits). The deadline is set again when it passes. */
const longestTimerMs = 2 ** 31 - 1;

/** If the page is still here after this time, in milliseconds, the provider's sign-out page did not load. */
const endSessionMs = 10_000;

const sessionEnded = (): GcAuthError =>
  new GcAuthError('command-failed', {
    message: 'The session ended, because the element was removed from the page or its configuration changed.',
    hint: 'Call the method again.',
  });

/** Runs the rules over time: takes inputs one at a time, carries out their effects, wakes the rules at the next deadline. */
export class Session {
  constructor(options: SessionOptions) {
    this.options = options;
    const input$ = merge(
      // The latest connection wins: two would report every fact twice.
      this.#connects.pipe(switchMap(() => connect(options.ports))),
      // The latest deadline wins. A timer may fire late or early: on a tick, the rules look at the clock.
      this.#deadlines.pipe(
        switchMap((due) => this.#timer(due)),
        map((): Input => ({ type: 'tick' })),
      ),
    );
    this.#running.add(input$.subscribe((input) => this.dispatch(input)));
  }

  readonly options: SessionOptions;

  readonly #snapshots = new Subject<Snapshot>();
  readonly #events = new Subject<SessionEvent>();

  /** Every change of the snapshot; completes with the session. */
  readonly snapshot$ = this.#snapshots.asObservable();

  /** Completes with the session. */
  readonly events$ = this.#events.asObservable();

  get snapshot(): Snapshot {
    return snapshot(this.#model);
  }

  #model: Model = initialModel;
  readonly #inbox: Input[] = [];
  #working = false;
  readonly #connects = new Subject<void>();
  /** Epoch ms. */
  readonly #deadlines = new Subject<number>();
  /** IDs of operations that the rules gave up. */
  readonly #drops = new Subject<number>();
  readonly #callers = new Callers();
  /** Everything that ends with the session. */
  readonly #running = new Subscription();

  start(): void {
    const input$ = startInputs(this.options.ports, this.options.scheduler);
    this.#running.add(input$.subscribe((input) => this.dispatch(input)));
  }

  /** Undoes everything and rejects the callers that still wait. */
  end(): void {
    const unused = unusedGrant(this.#model);
    if (unused) this.options.ports.code.giveBack?.(unused);
    this.#running.unsubscribe();
    this.#callers.rejectAll(sessionEnded());
    this.#snapshots.complete();
    this.#events.complete();
  }

  /** One input at a time: those that arrive during a transition wait in the inbox. */
  dispatch(input: Input): void {
    this.#inbox.push(input);
    if (this.#working || this.#running.closed) return;
    this.#working = true;
    try {
      for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) this.#step(next);
    } finally {
      this.#working = false;
      this.#deadlines.next(nextDue(this.#model, this.options.ports.page.isVisible()));
    }
  }

  /** A request of the page. The promise settles once. */
  call(method: Caller['method'], provider = false): Promise<TokenInfo | undefined> {
    if (this.#running.closed) return Promise.reject(sessionEnded());
    const { caller, settled } = this.#callers.add();
    this.dispatch(method === 'sign-out' ? { type: method, caller, provider } : { type: method, caller });
    return settled;
  }

  #step(input: Input): void {
    const { ports, config } = this.options;
    const before = this.#model;
    const [model, effects] = transition(before, input, this.#conditions(config));
    this.#model = model;
    const attempt = model.trace.at(-1);
    if (attempt && attempt !== before.trace.at(-1)) ports.log('attempt', attempt);
    if (model.loopEntries !== before.loopEntries) ports.persistence.saveLoopEntries(model.loopEntries);
    if (input.type === 'event') this.#events.next({ type: 'messenger', name: input.name, data: input.data });
    const entered = model.phase !== before.phase;
    if (entered) ports.log(`${before.phase.name} → ${model.phase.name}`, model.reason);
    if (entered || model.windowOpen !== before.windowOpen) this.#snapshots.next(snapshot(model));
    for (const effect of effects) this.#run(effect);
  }

  #conditions(config: Config): Conditions {
    const { ports, scheduler, random } = this.options;
    return {
      now: scheduler.now(),
      random: random(),
      visible: ports.page.isVisible(),
      online: ports.page.isOnline(),
      activated: ports.page.isActivated(),
      popups: ports.code.popups,
      crossSite: ports.code.crossSite,
      silentRedirect: ports.page.isUntouched() && ports.persistence.mayRedirectSilently(),
      framesUnusable: !config.codeProvider && ports.persistence.framesUnusable(),
      record: ports.tabs.read(),
      signOutAtLoad: ports.tabs.signOutAtLoad(),
      config,
    };
  }

  #run(effect: Effect): void {
    switch (effect.do) {
      case 'ready':
      case 'signed-in':
        return this.#events.next({ type: effect.do });
      case 'signed-out':
        return this.#events.next({ type: effect.do, reason: effect.reason });
      case 'token':
        return this.#events.next({ type: effect.do, token: effect.token });
      case 'attempt':
        return this.#events.next({ type: effect.do, attempt: effect.attempt });
      case 'report':
        return this.#report(effect.error);
      case 'resolve':
        return this.#callers.resolve(effect.caller, effect.token);
      case 'reject':
        return this.#callers.reject(effect.caller, effect.error);
      case 'connect':
        return this.#connects.next();
      case 'cancel':
        return this.#drops.next(effect.operationId);
      case 'end-session':
        return this.#endSession(effect.caller, effect.error);
      default:
        this.#start(effect);
    }
  }

  #report(error: GcAuthError): void {
    this.#events.next({ type: 'error', error });
  }

  /** Runs an effect until it completes, the rules drop its operation, or the session ends. */
  #start(effect: PortEffect): void {
    const { ports, scheduler } = this.options;
    let input$ = defer(() => runEffect(effect, ports, scheduler));
    if ('operationId' in effect) {
      const { operationId } = effect;
      // A second effect of the same operation replaces the first.
      this.#drops.next(operationId);
      input$ = input$.pipe(takeUntil(this.#drops.pipe(filter((dropped) => dropped === operationId))));
    }
    const error = (thrown: unknown): void => this.#report(asGcAuthError(thrown, 'command-failed'));
    this.#running.add(input$.subscribe({ next: (input) => this.dispatch(input), error }));
  }

  /** The provider's page replaces this one, so only a failure is seen here: an error, or that this page is still here. */
  #endSession(caller: number, failure?: GcAuthError): void {
    const { ports, scheduler } = this.options;
    const settle = (): void =>
      failure ? this.#callers.reject(caller, failure) : this.#callers.resolve(caller, undefined);
    const navigated$ = ports.code.endSession().pipe(ignoreElements(), tap({ complete: settle }));
    const error = (thrown: unknown): void => {
      const failure = asGcAuthError(thrown, 'logout-failed');
      this.#report(failure);
      this.#callers.reject(caller, failure);
    };
    this.#running.add(
      concat(navigated$, NEVER)
        .pipe(
          timeout({ first: endSessionMs, scheduler }),
          // The provider's page did load: the Back button has restored this one, and with it the timer.
          takeUntil(ports.page.wake$.pipe(filter((reason) => reason === 'pageshow'))),
        )
        .subscribe({ error, complete: settle }),
    );
  }

  #timer(due: number): Observable<unknown> {
    const { scheduler } = this.options;
    if (due === Infinity) return EMPTY;
    return timer(Math.min(Math.max(due - scheduler.now(), 0), longestTimerMs), scheduler);
  }
}
