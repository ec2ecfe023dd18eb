import {
  asyncScheduler,
  BehaviorSubject,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  from,
  ReplaySubject,
  Subject,
  Subscription,
  switchMap,
  takeUntil,
  timer,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { GenesysConfig } from '../core/config.js';
import { asGcAuthError, GcAuthError } from '../core/errors.js';
import type { Jwt, MessengerFact } from '../core/messenger.js';
import { redact, rememberSecretsIn } from '../core/redact.js';
import { AuthProvider } from './auth-provider.js';
import { deploymentFault, domainNotAllowedError, loadedFact, startsConversation } from './deployment.js';
import type { Deployment } from './deployment.js';
import { genesysOf, registerPlugin, subscribe } from './genesys-global.js';
import type { SnippetOptions } from './genesys-global.js';
import {
  authReady,
  configurationReceived,
  domainNotAllowed,
  factOf,
  messengerEvents,
  messengerReady,
} from './messenger-events.js';
import { canRetry } from './load-stage.js';
import type { LoadStage } from './load-stage.js';
import { MessengerNodes } from './messenger-nodes.js';
import { appendScript, foundScript, isHeldBack, outcomeOf, placeQueue, settingsFault } from './snippet.js';

interface ConfigurationReceived {
  readonly deploymentConfig?: Deployment;
  readonly snippetConfig?: SnippetOptions;
}

/** Longest time, in milliseconds, that plugin calls stay open while no element is connected that could answer. */
const unattendedMs = 60_000;

/** Changes when a member that copies of the bundle call on each other's hub does. */
export const hubVersion = 3;

/**
 * Messenger of one window. The bus has no unsubscribe and a plugin's name can be registered once, so a window has one hub
 * for its whole life. Elements connect and disconnect; each first gets the facts that hold.
 */
export class MessengerHub {
  constructor(win: Window, scheduler: SchedulerLike = asyncScheduler) {
    this.#win = win;
    this.nodes = new MessengerNodes(win, scheduler);
    this.#unattended
      .pipe(
        // The first call starts the wait, later ones do not prolong it, a connection ends it.
        distinctUntilChanged(),
        switchMap((unattended) => (unattended ? timer(unattendedMs, scheduler) : EMPTY)),
      )
      .subscribe(() => this.#rejectOpenCalls());
  }

  readonly version = hubVersion;
  readonly nodes: MessengerNodes;
  readonly provider = new AuthProvider((call) => this.#publish({ type: 'plugin-called', call }));
  readonly #stage = new BehaviorSubject<LoadStage>('none');
  readonly #facts = new Subject<MessengerFact>();
  readonly #started = new ReplaySubject<void>(1);
  #script: HTMLScriptElement | null = null;
  /** The outcome of the latest attempt to load Messenger. */
  #outcome = Subscription.EMPTY;
  /** Plugin calls are open and no element is connected. */
  readonly #unattended = new BehaviorSubject(false);
  readonly #win: Window;
  #config: GenesysConfig | undefined;
  #deployment: Deployment | undefined;
  readonly #subscribed = new Set<string>();
  #authReady = false;
  #token: Jwt | undefined;
  #windowOpen = false;

  /** Replays the latest. */
  readonly stage$ = this.#stage.asObservable();
  /** Emits once the plugin `Messenger` takes commands; replays. */
  readonly started$ = this.#started.asObservable();
  readonly #settled$ = this.#stage.pipe(filter((stage) => stage === 'loaded' || typeof stage === 'object'));

  /** Loads Messenger into the page. A second call has no effect, unless the script failed to load before. */
  start(config: GenesysConfig): void {
    const retry = canRetry(this.#stage.value);
    if (this.#config && !retry) {
      const fault = settingsFault(this.#config, config);
      if (fault) throw fault;
      this.#subscribeToAll(config.messengerEvents);
      return;
    }
    const queue = genesysOf(this.#win);
    const ours = placeQueue(config, this.#win);
    // Also a second time, where what the first subscribed to is gone.
    if (!this.#config || !queue) this.#subscribeToBus();
    this.#subscribeToAll(config.messengerEvents);
    this.#config = config;
    this.#load(config, ours || retry);
  }

  /** Something on the page, such as a consent tool, keeps the script from running. */
  get heldBack(): boolean {
    return this.#script !== null && isHeldBack(this.#script, this.#stage.value === 'script-loading');
  }

  /** First the facts that hold, then each new one. */
  facts(): Observable<MessengerFact> {
    return defer(() => {
      this.#unattended.next(false);
      // A fact of this moment is among those that hold, so the new ones follow them.
      return concat(from(this.#current()), this.#facts);
    }).pipe(finalize(() => this.#checkAttended()));
  }

  #load(config: GenesysConfig, ours: boolean): void {
    try {
      const script = (this.#script = ours ? appendScript(config, this.#win) : foundScript(this.#win));
      this.#enter(ours ? 'script-loading' : 'script-ran');
      this.#outcome.unsubscribe();
      // A script that the page itself has loaded before reports nothing any more.
      if (script) {
        this.#outcome = outcomeOf(script, this.#win)
          .pipe(takeUntil(this.#settled$))
          .subscribe((outcome) => this.#scriptEnded(outcome));
      }
    } catch (thrown) {
      this.#enter(asGcAuthError(thrown, 'script-blocked'));
    }
  }

  #scriptEnded(outcome: true | GcAuthError): void {
    const waiting = this.#stage.value === 'script-loading' || this.#stage.value === 'script-ran';
    // On a domain that is not allowed the script never reads the queue, so this event needs a subscription made now.
    if (outcome === true) this.#subscribeTo(domainNotAllowed);
    if (waiting) this.#enter(outcome === true ? 'script-ran' : outcome);
  }

  #subscribeToBus(): void {
    this.#subscribed.clear();
    this.#subscribeToAll([configurationReceived, domainNotAllowed, ...messengerEvents]);
    registerPlugin(this.#win, 'AuthProvider', (plugin) => {
      if (!this.provider.register(plugin)) return this.#refuse(new GcAuthError('provider-taken'));
      this.#advance();
      if (startsConversation(this.#knownDeployment())) this.provider.configureOnly();
      this.provider.ready();
    });
  }

  #subscribeToAll(events: readonly string[]): void {
    for (const event of events) {
      if (!this.#subscribed.has(event)) this.#subscribeTo(event);
      this.#subscribed.add(event);
    }
  }

  #subscribeTo(event: string): void {
    subscribe(this.#win, event, (data) => this.#onEvent(event, data));
  }

  #onEvent(event: string, data: unknown): void {
    rememberSecretsIn(data);
    this.#facts.next({ type: 'event', name: event, data: redact(data) });
    const fact = factOf(event, data);
    if (fact?.type === 'authenticated') this.#token = fact.token;
    if (fact?.type === 'logged-out') this.#token = undefined;
    if (fact?.type === 'window') this.#windowOpen = fact.open;
    if (fact) this.#publish(fact);
    if (event === messengerReady) this.#started.next();
    if (event === domainNotAllowed) this.#refuse(domainNotAllowedError(this.#win.location.hostname));
    if (event === configurationReceived) this.#onConfiguration(data as ConfigurationReceived);
    if (event === authReady) {
      this.#authReady = true;
      this.#publish(this.#authReadyFact());
      this.#advance();
    }
  }

  #onConfiguration({ deploymentConfig, snippetConfig }: ConfigurationReceived): void {
    this.#deployment = deploymentConfig ?? {};
    const other = this.#config && settingsFault({ deploymentId: snippetConfig?.deploymentId }, this.#config);
    const fault = other ?? deploymentFault(this.#deployment);
    if (fault) this.#refuse(fault);
    else this.#advance();
  }

  #enter(stage: LoadStage): void {
    this.#stage.next(stage);
  }

  #refuse(error: GcAuthError): void {
    if (this.#stage.value !== 'loaded') this.#enter(error);
  }

  #advance(): void {
    const stage = this.#stage.value;
    const responding = this.#deployment !== undefined || this.#authReady;
    if (!responding || stage === 'loaded' || (typeof stage === 'object' && !stage.retryable)) return;
    this.#enter(this.provider.registered ? 'loaded' : 'responding');
    for (const fact of this.#current()) this.#publish(fact);
  }

  /** Before `loaded`, only plain events are published; the facts that hold follow it. */
  #publish(fact: MessengerFact): void {
    if (fact.type === 'plugin-called') this.#checkAttended();
    if (this.#stage.value === 'loaded') this.#facts.next(fact);
  }

  *#current(): Iterable<MessengerFact> {
    if (this.#stage.value !== 'loaded') return;
    yield loadedFact(this.#knownDeployment());
    if (this.#windowOpen) yield { type: 'window', open: true };
    if (this.#authReady) yield this.#authReadyFact();
    if (this.#token) yield { type: 'authenticated', token: this.#token };
    for (const { call } of this.provider.open.values()) yield { type: 'plugin-called', call };
  }

  /** The bus replays the event, but the data model can be read earlier. */
  #knownDeployment(): Deployment {
    return this.#deployment ?? this.provider.read('GenesysJS.deploymentConfig') ?? {};
  }

  #authReadyFact(): MessengerFact {
    return { type: 'auth-ready', authenticated: Boolean(this.provider.read('Auth.authenticated')) };
  }

  /** Messenger must not wait for an answer without limit. */
  #checkAttended(): void {
    this.#unattended.next(!this.#facts.observed && this.provider.open.size > 0);
  }

  #rejectOpenCalls(): void {
    this.#unattended.next(false);
    const error = new GcAuthError('command-timeout');
    for (const id of [...this.provider.open.keys()]) this.provider.answer(id, { error });
  }
}
