import {
  asyncScheduler,
  BehaviorSubject,
  concat,
  defer,
  filter,
  finalize,
  from,
  ReplaySubject,
  skip,
  Subject,
  Subscription,
  take,
  takeUntil,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { GenesysConfig } from '../core/config.js';
import { asGcAuthError, GcAuthError } from '../core/errors.js';
import type { Jwt, MessengerFact } from '../core/messenger.js';
import { redact, rememberSecretsIn } from '../core/redact.js';
import { addedScripts, discardScript, replaceLateQueue } from './added-scripts.js';
import { AuthProvider } from './auth-provider.js';
import { deploymentFault, domainNotAllowedError, loadedFact, startsConversation } from './deployment.js';
import type { ConfigurationReceived, Deployment } from './deployment.js';
import { genesysOf, registerPlugin, subscribe } from './genesys-global.js';
import type { GenesysGlobal } from './genesys-global.js';
import {
  authReady,
  configurationReceived,
  domainNotAllowed,
  factOf,
  messengerEvents,
  messengerReady,
} from './messenger-events.js';
import { canRetry, hasResponded } from './load-stage.js';
import type { LoadStage } from './load-stage.js';
import { MessengerNodes } from './messenger-nodes.js';
import { appendScript, foundScript, isHeldBack, outcomeOf, placeQueue, settingsFault } from './snippet.js';
import { UnattendedCalls } from './unattended-calls.js';

/** Changes when a member that copies of the bundle call on each other's hub does. */
export const hubVersion = 4;

/**
 * Messenger of one window. The bus has no unsubscribe and a plugin's name can be registered once, so a window has one hub
 * for its whole life. Elements connect and disconnect; each first gets the facts that hold.
 */
export class MessengerHub {
  constructor(win: Window, scheduler: SchedulerLike = asyncScheduler) {
    this.#win = win;
    this.nodes = new MessengerNodes(win, scheduler);
    this.#unattended = new UnattendedCalls(this.provider, scheduler);
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
  /** The dispatcher, once the script ran. */
  #bus: GenesysGlobal | undefined;
  /** The calls that the script has to read. */
  #queue: GenesysGlobal['q'];
  readonly #unattended: UnattendedCalls;
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
  /** Emits once Messenger responds, if it does not now. */
  readonly arrival$ = this.#stage.pipe(skip(1), filter(hasResponded), take(1));
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
    if (!this.#config) addedScripts(this.#win).subscribe((script) => this.#scriptAdded(script));
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
      this.#unattended.check(true);
      // A fact of this moment is among those that hold, so the new ones follow them.
      return concat(from(this.#current()), this.#facts);
    }).pipe(finalize(() => this.#unattended.check(this.#facts.observed)));
  }

  #load(config: GenesysConfig, ours: boolean): void {
    try {
      const script = ours ? appendScript(config, this.#win) : foundScript(this.#win);
      this.#enter(ours ? 'script-loading' : 'script-ran');
      this.#follow(script);
    } catch (thrown) {
      this.#enter(asGcAuthError(thrown, 'script-blocked'));
    }
  }

  #follow(script: HTMLScriptElement | null): void {
    this.#script = script;
    this.#outcome.unsubscribe();
    // A script that the page itself has loaded before reports nothing any more.
    if (!script) return;
    this.#outcome = outcomeOf(script, this.#win)
      .pipe(takeUntil(this.#settled$))
      .subscribe((outcome) => this.#scriptEnded(outcome));
  }

  /** The page's own snippet, or a consent tool, adds a script. The first one that ran stays; until then the latest counts. */
  #scriptAdded(script: HTMLScriptElement): void {
    if (script === this.#script) return;
    const other = this.#bus ? script : this.#script;
    if (other) discardScript(other, this.#win);
    if (this.#bus) return replaceLateQueue(this.#bus, this.#win);
    if (genesysOf(this.#win)?.q !== this.#queue) this.#subscribeToBus();
    this.#enter('script-loading');
    this.#follow(script);
  }

  #scriptEnded(outcome: true | GcAuthError): void {
    const waiting = this.#stage.value === 'script-loading' || this.#stage.value === 'script-ran';
    // On a domain that is not allowed the script never reads the queue, so this event needs a subscription made now.
    if (outcome === true) {
      this.#bus = genesysOf(this.#win);
      this.#subscribeTo(domainNotAllowed);
    }
    if (waiting) this.#enter(outcome === true ? 'script-ran' : outcome);
  }

  #subscribeToBus(): void {
    const events = [configurationReceived, domainNotAllowed, ...messengerEvents, ...this.#subscribed];
    this.#subscribed.clear();
    this.#subscribeToAll(events);
    registerPlugin(this.#win, 'AuthProvider', (plugin) => {
      if (!this.provider.register(plugin)) return this.#refuse(new GcAuthError('provider-taken'));
      this.#advance();
      if (startsConversation(this.#knownDeployment())) this.provider.configureOnly();
      this.provider.ready();
    });
    this.#queue = genesysOf(this.#win)?.q;
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
    this.#bus ??= genesysOf(this.#win);
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
    if (fact.type === 'plugin-called') this.#unattended.check(this.#facts.observed);
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
}
