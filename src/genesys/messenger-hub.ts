import { asyncScheduler, Observable } from 'rxjs';
import type { SchedulerLike, Subscriber, Unsubscribable } from 'rxjs';
import { Emitter } from '../async/emitter.js';
import type { GenesysConfig } from '../core/config.js';
import { asGcAuthError, GcAuthError } from '../core/errors.js';
import type { Jwt, MessengerFact } from '../core/messenger.js';
import { redact } from '../core/redact.js';
import { AuthProvider } from './auth-provider.js';
import { deploymentFault, notAllowed, startsUnasked } from './deployment.js';
import type { Deployment } from './deployment.js';
import { registerPlugin, subscribe } from './genesys-global.js';
import type { SnippetOptions } from './genesys-global.js';
import { authReady, configurationReceived, domainNotAllowed, meaningOf, messengerEvents } from './messenger-events.js';
import { appendScript, foundScript, placeQueue, settingsFault, watchScript } from './snippet.js';

interface ConfigurationReceived {
  readonly deploymentConfig?: Deployment;
  readonly snippetConfig?: SnippetOptions;
}

/** Longest that an ask waits for an element to come (back) and answer it. */
const unattendedMs = 60_000;

/**
 * How far Messenger has come in this window: nothing was done; the script is on its way; it ran (or the page placed
 * it) and nothing was heard; Messenger is heard, AuthProvider not yet registered; all is there; or why it is not.
 */
export type Stage = 'none' | 'script' | 'silence' | 'heard' | 'loaded' | GcAuthError;

/** A script that could not be had may come at the next try; what the deployment forbids stays forbidden. */
const canTryAgain = (stage: Stage): boolean => typeof stage === 'object' && stage.retryable;

/**
 * Messenger of one window. Subscriptions to the bus cannot be undone and a plugin's name can be taken once, so there
 * is one hub for the life of the page; elements come and go, and each is first told what holds.
 */
export class MessengerHub {
  /** Replays the latest. */
  readonly stage$ = new Emitter<Stage>(() => this.#stage);
  #stage: Stage = 'none';
  readonly provider = new AuthProvider((call) => this.#tell({ type: 'plugin-called', call }));
  readonly #listeners = new Set<Subscriber<MessengerFact>>();
  readonly #win: Window;
  readonly #scheduler: SchedulerLike;
  #config: GenesysConfig | undefined;
  #deployment: Deployment | undefined;
  #authReady = false;
  #token: Jwt | undefined;
  #unattended: Unsubscribable | undefined;

  constructor(win: Window, scheduler: SchedulerLike = asyncScheduler) {
    this.#win = win;
    this.#scheduler = scheduler;
  }

  /** Puts Messenger into the page; does nothing the second time, unless the script could not be had. */
  start(config: GenesysConfig): void {
    const again = canTryAgain(this.#stage);
    if (this.#config && !again) {
      const fault = settingsFault(this.#config, config);
      if (fault) throw fault;
      return;
    }
    const ours = placeQueue(config, this.#win);
    if (!this.#config) this.#listen();
    this.#config = config;
    this.#load(config, ours || again);
  }

  /** What holds, then what happens. */
  facts(): Observable<MessengerFact> {
    return new Observable((subscriber) => {
      this.#attend();
      for (const fact of this.#held()) subscriber.next(fact);
      this.#listeners.add(subscriber);
      return () => {
        this.#listeners.delete(subscriber);
        this.#limitOpenCalls();
      };
    });
  }

  #load(config: GenesysConfig, ours: boolean): void {
    try {
      const script = ours ? appendScript(config, this.#win) : foundScript(this.#win);
      this.#enter(ours ? 'script' : 'silence');
      if (script) watchScript(script, this.#win, (outcome) => this.#scriptEnded(outcome));
    } catch (thrown) {
      this.#enter(asGcAuthError(thrown, 'script-blocked'));
    }
  }

  #scriptEnded(outcome: true | GcAuthError): void {
    const waiting = this.#stage === 'script' || this.#stage === 'silence';
    // The queue of a domain that is not allowed is never drained, so what waits in it would not hear of that.
    if (outcome === true) this.#hearOf(domainNotAllowed);
    if (waiting) this.#enter(outcome === true ? 'silence' : outcome);
  }

  #listen(): void {
    for (const event of [configurationReceived, domainNotAllowed, ...messengerEvents]) this.#hearOf(event);
    registerPlugin(this.#win, 'AuthProvider', (plugin) => {
      if (!this.provider.register(plugin)) return this.#refuse(new GcAuthError('provider-taken'));
      this.#advance();
      if (startsUnasked(this.#known())) this.provider.configureOnly();
      this.provider.ready();
    });
  }

  #hearOf(event: string): void {
    subscribe(this.#win, event, (data) => this.#hear(event, data));
  }

  #hear(event: string, data: unknown): void {
    this.#send({ type: 'event', name: event, data: redact(data) });
    const fact = meaningOf(event, data);
    if (fact?.type === 'authenticated') this.#token = fact.token;
    if (fact?.type === 'logged-out') this.#token = undefined;
    if (fact) this.#tell(fact);
    if (event === domainNotAllowed) this.#refuse(notAllowed(this.#win.location.hostname));
    if (event === configurationReceived) this.#configured(data as ConfigurationReceived);
    if (event === authReady) {
      this.#authReady = true;
      this.#tell(this.#authReadyFact());
      this.#advance();
    }
  }

  #configured({ deploymentConfig, snippetConfig }: ConfigurationReceived): void {
    this.#deployment = deploymentConfig ?? {};
    const other = this.#config && settingsFault({ deploymentId: snippetConfig?.deploymentId }, this.#config);
    const fault = other ?? deploymentFault(this.#deployment);
    if (fault) this.#refuse(fault);
    else this.#advance();
  }

  #enter(stage: Stage): void {
    this.#stage = stage;
    this.stage$.next(stage);
  }

  #refuse(error: GcAuthError): void {
    if (this.#stage !== 'loaded') this.#enter(error);
  }

  #advance(): void {
    const stage = this.#stage;
    const heard = this.#deployment !== undefined || this.#authReady;
    if (!heard || stage === 'loaded' || (typeof stage === 'object' && !stage.retryable)) return;
    this.#enter(this.provider.registered ? 'loaded' : 'heard');
    for (const fact of this.#held()) this.#tell(fact);
  }

  /** Nothing but plain events is told before `loaded`; what came earlier and holds follows it. */
  #tell(fact: MessengerFact): void {
    if (fact.type === 'plugin-called') this.#limitOpenCalls();
    if (this.#stage === 'loaded') this.#send(fact);
  }

  /** Whoever connects while this runs was told by `#held()` already. */
  #send(fact: MessengerFact): void {
    for (const listener of [...this.#listeners]) listener.next(fact);
  }

  *#held(): Iterable<MessengerFact> {
    if (this.#stage !== 'loaded') return;
    yield { type: 'loaded', allowSessionUpgrade: this.#known().auth?.allowSessionUpgrade === true };
    if (this.#authReady) yield this.#authReadyFact();
    if (this.#token) yield { type: 'authenticated', token: this.#token };
    for (const { call } of this.provider.open.values()) yield { type: 'plugin-called', call };
  }

  /** The event is replayed, but later than the data model can be read. */
  #known(): Deployment {
    return this.#deployment ?? this.provider.read('GenesysJS.deploymentConfig') ?? {};
  }

  #authReadyFact(): MessengerFact {
    return { type: 'auth-ready', authenticated: Boolean(this.provider.read('Auth.authenticated')) };
  }

  /** While no element is there to answer, Messenger must not wait for ever. */
  #limitOpenCalls(): void {
    if (this.#listeners.size || !this.provider.open.size || this.#unattended) return;
    this.#unattended = this.#scheduler.schedule(() => {
      this.#attend();
      const error = new GcAuthError('command-timeout');
      for (const id of this.provider.open.keys()) this.provider.answer(id, { error });
    }, unattendedMs);
  }

  #attend(): void {
    this.#unattended?.unsubscribe();
    this.#unattended = undefined;
  }
}

const key = Symbol.for('gc-auth-messenger:hub');

/** The one hub of a window, also when the bundle runs there twice. */
export function hubOf(win: Window, scheduler?: SchedulerLike): MessengerHub {
  const holder = win as { [key]?: MessengerHub };
  return (holder[key] ??= new MessengerHub(win, scheduler));
}
