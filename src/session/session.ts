import { Subscription } from 'rxjs';
import type { SchedulerLike, Unsubscribable } from 'rxjs';
import { Emitter } from '../async/emitter.js';
import type { Config } from '../core/config.js';
import { asGcAuthError, GcAuthError } from '../core/errors.js';
import { initialModel, nextDue } from '../core/model.js';
import type { Caller, Conditions, Effect, Input, Model } from '../core/model.js';
import type { SignedOutReason } from '../core/phase.js';
import { snapshot } from '../core/snapshot.js';
import type { Snapshot } from '../core/snapshot.js';
import type { TokenInfo } from '../core/token.js';
import { transition } from '../core/transition.js';
import { runEffect } from './effects.js';
import type { PortEffect } from './effects.js';
import type { Ports } from './ports.js';

/** What a session tells the world, in the order in which it happened. */
export type SessionEvent =
  | { readonly type: 'ready' }
  | { readonly type: 'token'; readonly token: TokenInfo }
  | { readonly type: 'error'; readonly error: GcAuthError }
  | { readonly type: 'signed-in' }
  | { readonly type: 'signed-out'; readonly reason: SignedOutReason }
  | { readonly type: 'messenger'; readonly name: string; readonly data: unknown };

export interface SessionOptions {
  readonly config: Config;
  readonly ports: Ports;
  /** Its clock must not go backwards; timers and deadlines count on it. */
  readonly scheduler: SchedulerLike;
  /** 0…1; spreads renewals and retries. */
  readonly random: () => number;
}

/** `setTimeout` takes 31 bits; a longer wait is armed again. */
const longestTimerMs = 2 ** 31 - 1;

/** The provider's page is on its way within this time, in milliseconds, or it does not come. */
const endSessionMs = 10_000;

const gone = (): GcAuthError => new GcAuthError('command-failed', { message: 'The element left the page.' });

interface Settle {
  readonly resolve: (token: TokenInfo | undefined) => void;
  readonly reject: (error: GcAuthError) => void;
}

/** Runs the rules over time: facts and wishes in, one at a time; effects out; one timer for the next deadline. */
export class Session {
  constructor(options: SessionOptions) {
    this.options = options;
  }

  readonly options: SessionOptions;

  /** Every change of the snapshot; completes with the session. */
  readonly snapshot$ = new Emitter<Snapshot>();

  readonly events$ = new Emitter<SessionEvent>();

  get snapshot(): Snapshot {
    return snapshot(this.#model);
  }

  #model: Model = initialModel;
  readonly #inbox: Input[] = [];
  #working = false;
  /** Attempts and turns that run, by operation: the rules drop them. */
  readonly #held = new Map<number, Subscription>();
  /** The one line to Messenger: a new start hangs up the old one, which would say everything twice. */
  #connection = Subscription.EMPTY;
  readonly #callers = new Map<number, Settle>();
  #lastCaller = 0;
  #timer: Unsubscribable = Subscription.EMPTY;
  readonly #running = new Subscription();

  start(): void {
    const { page, tabs, persistence, code } = this.options.ports;
    this.#running.add(page.wake$.subscribe((reason) => this.dispatch({ type: 'wake', reason })));
    this.#running.add(tabs.messages$.subscribe((message) => this.dispatch({ type: 'tab-message', message })));
    const came = code.returned().subscribe({
      next: ({ answer, kept }) => this.dispatch({ type: 'returned', answer, windowOpen: kept.windowOpen }),
    });
    this.#running.add(came);
    this.dispatch({ type: 'start', loopEntries: persistence.loopEntries(), blocked: !persistence.available });
  }

  /** Undoes everything; whoever still waits is told. */
  end(): void {
    this.#running.unsubscribe();
    this.#timer.unsubscribe();
    for (const { reject } of this.#callers.values()) reject(gone());
    this.#callers.clear();
    this.snapshot$.complete();
    this.events$.complete();
  }

  /** Inputs that come while one is being worked on wait their turn. */
  dispatch(input: Input): void {
    this.#inbox.push(input);
    if (this.#working || this.#running.closed) return;
    this.#working = true;
    try {
      for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) this.#step(next);
    } finally {
      this.#working = false;
      this.#arm();
    }
  }

  /** A page's wish, settled once. */
  call(method: Caller['method'], provider = false): Promise<TokenInfo | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#running.closed) return reject(gone());
      const caller = ++this.#lastCaller;
      this.#callers.set(caller, { resolve, reject });
      this.dispatch(method === 'sign-out' ? { type: method, caller, provider } : { type: method, caller });
    });
  }

  #step(input: Input): void {
    const { ports, config } = this.options;
    const before = this.#model;
    const [model, effects] = transition(before, input, this.#circumstances(config));
    this.#model = model;
    const attempt = model.trace.at(-1);
    if (attempt && attempt !== before.trace.at(-1)) ports.log('attempt', attempt);
    if (model.loopEntries !== before.loopEntries) ports.persistence.saveLoopEntries(model.loopEntries);
    if (input.type === 'event') this.events$.next({ type: 'messenger', name: input.name, data: input.data });
    if (model.phase !== before.phase) {
      ports.log(`${before.phase.name} → ${model.phase.name}`, model.why);
      this.snapshot$.next(snapshot(model));
    }
    for (const effect of effects) this.#run(effect);
  }

  #circumstances(config: Config): Conditions {
    const { ports, scheduler, random } = this.options;
    return {
      now: scheduler.now(),
      random: random(),
      visible: ports.page.isVisible(),
      online: ports.page.isOnline(),
      activated: ports.page.isActivated(),
      popups: ports.code.popups,
      framesUnusable: !config.codeProvider && ports.persistence.framesUnusable(),
      record: ports.tabs.read(),
      config,
    };
  }

  #run(effect: Effect): void {
    switch (effect.do) {
      case 'ready':
      case 'signed-in':
        return this.events$.next({ type: effect.do });
      case 'signed-out':
        return this.events$.next({ type: effect.do, reason: effect.reason });
      case 'token':
        return this.events$.next({ type: effect.do, token: effect.token });
      case 'report':
        return this.events$.next({ type: 'error', error: effect.error });
      case 'resolve':
        return this.#settle(effect.caller, ({ resolve }) => resolve(effect.token));
      case 'reject':
        return this.#settle(effect.caller, ({ reject }) => reject(effect.error));
      case 'drop':
        this.#held.get(effect.operationId)?.unsubscribe();
        return void this.#held.delete(effect.operationId);
      case 'end-session':
        return this.#endSession(effect.caller);
      default:
        this.#start(effect);
    }
  }

  /** Work that takes time: runs until it ends, is dropped, or the session ends. */
  #start(effect: PortEffect): void {
    const { ports, scheduler } = this.options;
    const tell = (input: Input): void => this.dispatch(input);
    const fail = (thrown: unknown): void =>
      this.events$.next({ type: 'error', error: asGcAuthError(thrown, 'command-failed') });
    try {
      if (effect.do === 'connect') this.#connection.unsubscribe();
      const work = runEffect(effect, ports, scheduler, tell);
      if (!work) return;
      this.#running.add(work);
      if (effect.do === 'code' || effect.do === 'test' || effect.do === 'refresh') this.#hold(effect.operationId, work);
      if (effect.do === 'connect') this.#connection = work;
    } catch (thrown) {
      fail(thrown);
    }
  }

  /** Until it ends by itself or is dropped. */
  #hold(operationId: number, work: Subscription): void {
    if (work.closed) return;
    this.#held.get(operationId)?.unsubscribe();
    this.#held.set(operationId, work);
    work.add(() => this.#held.get(operationId) === work && this.#held.delete(operationId));
  }

  /** The page is left for the provider, so only a failure is ever seen here. */
  #endSession(caller: number): void {
    const { ports, scheduler } = this.options;
    const fail = (thrown?: unknown): void => {
      work.unsubscribe();
      const error = asGcAuthError(thrown, 'logout-failed');
      this.events$.next({ type: 'error', error });
      this.#settle(caller, ({ reject }) => reject(error));
    };
    const complete = (): void => this.#settle(caller, ({ resolve }) => resolve(undefined));
    const work = new Subscription();
    this.#running.add(work);
    work.add(ports.code.endSession().subscribe({ complete, error: fail }));
    work.add(scheduler.schedule(fail, endSessionMs));
  }

  #settle(caller: number, how: (settle: Settle) => void): void {
    const settle = this.#callers.get(caller);
    this.#callers.delete(caller);
    if (settle) how(settle);
  }

  /** A timer is a hint: when it fires, the table looks at the clock itself. */
  #arm(): void {
    this.#timer.unsubscribe();
    const { scheduler, ports } = this.options;
    const due = nextDue(this.#model, ports.page.isVisible());
    if (due === Infinity || this.#running.closed) return;
    const wait = Math.min(Math.max(due - scheduler.now(), 0), longestTimerMs);
    this.#timer = scheduler.schedule(() => this.dispatch({ type: 'tick' }), wait);
  }
}
