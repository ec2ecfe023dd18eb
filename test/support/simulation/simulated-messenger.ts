import { EMPTY, Observable } from 'rxjs';
import type { SchedulerLike, Subscriber } from 'rxjs';
import type { PluginCall, PluginCallResult, Jwt, MessengerFact } from '../../../src/core/messenger.js';
import { GcAuthError } from '../../../src/core/errors.js';
import { readFailure } from '../../../src/core/messenger-failure.js';
import type { MessengerPort } from '../../../src/session/ports.js';
import type { SimulatedGenesys } from './simulated-genesys.js';
import type { SimulatedProvider } from './simulated-provider.js';

/** What Messenger and the rungs of one tab share with the rest of the simulation. */
export interface SimulationContext {
  readonly genesys: SimulatedGenesys;
  readonly provider: SimulatedProvider;
  readonly scheduler: SchedulerLike;
  readonly online: () => boolean;
  readonly allowSessionUpgrade: () => boolean;
  /** Publishes `Auth.loggedOut` in all tabs. */
  readonly publishLoggedOut: () => void;
}

const latencyMs = 200;

/** A refresh that takes longer, in milliseconds, may be followed by another: a sign-out waits no longer for one. */
const abandonedMs = 4_000;

/** Messenger in one tab, as observed in practice: it calls, exchanges, refreshes, and sometimes does nothing. */
export class SimulatedMessenger implements MessengerPort {
  /** False: Messenger ignores the codes that it receives. */
  actsOnCodes = true;
  hidden = false;
  /** When it last called for a sign-in, as its button does, epoch ms. */
  signInCalledAt = -Infinity;
  readonly openCalls = new Map<PluginCall['id'], PluginCall & { readonly at: number }>();
  readonly #context: SimulationContext;
  #subscriber: Subscriber<MessengerFact> | undefined;
  #loaded = false;
  /** The latest JWT that it has reported, until it has reported a sign-out. */
  #token: Jwt | undefined;
  #unloaded = false;
  /** Running `Auth.refreshToken` commands, and when they started, epoch ms. */
  readonly #refreshing = new Map<Subscriber<unknown>, number>();
  #calls = 0;

  constructor(context: SimulationContext) {
    this.#context = context;
  }

  connect(): Observable<MessengerFact> {
    return new Observable((subscriber) => {
      const { genesys, scheduler, online, allowSessionUpgrade } = this.#context;
      this.#subscriber = subscriber;
      // The element was configured again, or moved: the page's Messenger tells what holds.
      if (this.#loaded) return this.#replay(subscriber);
      const load = (): void => {
        if (!online()) return subscriber.error(new GcAuthError('script-blocked'));
        this.#loaded = true;
        subscriber.next({ type: 'loaded', allowSessionUpgrade: allowSessionUpgrade() });
        subscriber.next({ type: 'auth-ready', authenticated: genesys.storedJwt !== undefined });
        for (const call of this.openCalls.values()) subscriber.next({ type: 'plugin-called', call });
        if (genesys.storedJwt) this.#report(genesys.storedJwt);
        else if (!allowSessionUpgrade() && !this.openCalls.size) this.call('getAuthCode');
      };
      subscriber.add(scheduler.schedule(load, latencyMs));
    });
  }

  /** A script that failed to load does not come later. */
  arrival(): Observable<never> {
    return EMPTY;
  }

  #replay(subscriber: Subscriber<MessengerFact>): void {
    subscriber.next({ type: 'loaded', allowSessionUpgrade: this.#context.allowSessionUpgrade() });
    subscriber.next({ type: 'auth-ready', authenticated: this.#token !== undefined });
    if (this.#token) subscriber.next({ type: 'authenticated', token: this.#token });
    for (const call of this.openCalls.values()) subscriber.next({ type: 'plugin-called', call });
  }

  command(name: string): Observable<unknown> {
    return new Observable((subscriber) => {
      const { genesys } = this.#context;
      const isRefresh = name === 'Auth.refreshToken';
      if (isRefresh) this.#checkSingleRefresh(subscriber);
      const settle = (): void => {
        if (genesys.fault === 'silent') return;
        try {
          this.#execute(name);
          subscriber.next(undefined);
          subscriber.complete();
        } catch (thrown) {
          subscriber.error(thrown);
          if (isRefresh && readFailure(thrown).status === 401) this.call('reAuthenticate');
        }
      };
      // Messenger executes a command even if nobody waits for its result any more.
      this.#schedule(settle);
    });
  }

  answer(id: PluginCall['id'], answer: PluginCallResult): void {
    const { genesys, provider } = this.#context;
    if (!this.openCalls.delete(id)) genesys.violations.push(`call ${id} was settled twice`);
    if ('error' in answer) return this.#error('Auth.authError', answer.error);
    if (!this.actsOnCodes) return;
    const { grant } = answer;
    const exchange = (): void => {
      if (genesys.fault === 'silent') return;
      try {
        this.#report(genesys.exchange('authCode' in grant ? provider.find(grant.authCode) : undefined));
      } catch (thrown) {
        this.#error('Auth.error', thrown);
      }
    };
    this.#schedule(() => this.#emit({ type: 'authenticating' }), 1);
    this.#schedule(exchange);
  }

  publishReady(): void {
    if (this.actsOnCodes) this.call('getAuthCode');
  }

  publish(): void {}

  setHidden(hidden: boolean): void {
    this.hidden = hidden;
  }

  /** Messenger calls the AuthProvider plugin, if it has loaded. */
  call(command: PluginCall['command'], forceUpdate = false): void {
    if (!this.#loaded) return;
    if (command === 'signIn') this.signInCalledAt = this.#context.scheduler.now();
    const call: PluginCall = { id: ++this.#calls, command, forceUpdate };
    this.openCalls.set(call.id, { ...call, at: this.#context.scheduler.now() });
    this.#emit({ type: 'plugin-called', call });
  }

  /** It has reported a JWT, and no sign-out since. */
  get hasToken(): boolean {
    return this.#token !== undefined;
  }

  /** The socket closes, and Messenger opens another. */
  cutSocket(): void {
    this.#emit({ type: 'reconnecting' });
  }

  loggedOut(): void {
    this.#token = undefined;
    this.#emit({ type: 'logged-out' });
  }

  /** The page unloads, which ends everything that was running in it. */
  unload(): void {
    this.#unloaded = true;
  }

  #schedule(work: () => void, ms = latencyMs): void {
    this.#context.scheduler.schedule(() => this.#unloaded || work(), ms);
  }

  #execute(name: string): void {
    const { genesys, publishLoggedOut, online } = this.#context;
    if (!online()) throw new TypeError('Failed to fetch');
    if (name === 'Auth.refreshToken') this.#report(genesys.refresh());
    else if (name === 'Auth.getTokens') this.call('getAuthCode');
    else if (name === 'Auth.reAuthenticate') this.call('reAuthenticate');
    else if (name === 'MessagingService.stepUpConversation') this.call('signIn');
    else if (name === 'Auth.logout') {
      genesys.revoke();
      publishLoggedOut();
    }
  }

  /** Reports a JWT, and checks that nobody sees the conversation of another person. */
  #report(token: Jwt): void {
    const { genesys } = this.#context;
    this.#token = token;
    this.#emit({ type: 'authenticated', token });
    const connected = this.#subscriber && !this.#subscriber.closed;
    if (connected && token.claims['sub'] !== genesys.conversationOwner && !this.hidden)
      genesys.violations.push(`${String(token.claims['sub'])} sees what ${String(genesys.conversationOwner)} wrote`);
  }

  #error(event: string, thrown: unknown): void {
    this.#emit({ type: 'auth-error', event, failure: readFailure(thrown) });
  }

  #emit(fact: MessengerFact): void {
    this.#subscriber?.next(fact);
  }

  /** Checks that a tab runs one refresh at a time. Abandoned ones do not count. */
  #checkSingleRefresh(subscriber: Subscriber<unknown>): void {
    const { genesys, scheduler } = this.#context;
    const now = scheduler.now();
    if ([...this.#refreshing.values()].some((startedAt) => now - startedAt < abandonedMs))
      genesys.violations.push('two refreshes at once in one tab');
    this.#refreshing.set(subscriber, now);
    subscriber.add(() => this.#refreshing.delete(subscriber));
  }
}
