import { Observable } from 'rxjs';
import type { SchedulerLike, Subscriber } from 'rxjs';
import type { PluginCall, PluginCallResult, Jwt, MessengerFact } from '../../../src/core/messenger.js';
import { GcAuthError } from '../../../src/core/errors.js';
import { readFailure } from '../../../src/core/messenger-failure.js';
import type { MessengerPort } from '../../../src/session/ports.js';
import type { Genesys } from './genesys.js';
import type { Provider } from './provider.js';

/** What one tab's Messenger needs of the world around it. */
export interface Surroundings {
  readonly genesys: Genesys;
  readonly provider: Provider;
  readonly scheduler: SchedulerLike;
  readonly online: () => boolean;
  readonly upgradable: () => boolean;
  /** Tells the Messengers of all tabs that the person left. */
  readonly loggedOut: () => void;
}

const latencyMs = 200;

/** Longest that a sign-out waits for a refresh, ms. */
const givenUpMs = 4_000;

/** Messenger in one tab, as the field describes it: it calls, exchanges, refreshes, and sometimes does nothing. */
export class ModelledMessenger implements MessengerPort {
  /** Acts on the codes that it is given. */
  heeds = true;
  hidden = false;
  readonly open = new Map<PluginCall['id'], PluginCall & { readonly at: number }>();
  readonly #around: Surroundings;
  #line: Subscriber<MessengerFact> | undefined;
  #loaded = false;
  #left = false;
  /** `Auth.refreshToken` that were not settled, and since when. */
  readonly #refreshing = new Map<Subscriber<unknown>, number>();
  #calls = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  connect(): Observable<MessengerFact> {
    return new Observable((subscriber) => {
      const { genesys, scheduler, online, upgradable } = this.#around;
      this.#line = subscriber;
      const load = (): void => {
        if (!online()) return subscriber.error(new GcAuthError('script-blocked'));
        this.#loaded = true;
        subscriber.next({ type: 'loaded', allowSessionUpgrade: upgradable() });
        subscriber.next({ type: 'auth-ready', authenticated: genesys.stored !== undefined });
        for (const call of this.open.values()) subscriber.next({ type: 'plugin-called', call });
        if (genesys.stored) this.#report(genesys.stored);
        else if (!upgradable() && !this.open.size) this.call('getAuthCode');
      };
      subscriber.add(scheduler.schedule(load, latencyMs));
    });
  }

  command(name: string): Observable<unknown> {
    return new Observable((subscriber) => {
      const { genesys } = this.#around;
      const refreshing = name === 'Auth.refreshToken';
      if (refreshing) this.#count(subscriber);
      const done = (): void => {
        if (genesys.fault === 'silent') return;
        try {
          this.#obey(name);
          subscriber.next(undefined);
          subscriber.complete();
        } catch (thrown) {
          subscriber.error(thrown);
          if (refreshing && readFailure(thrown).status === 401) this.call('reAuthenticate');
        }
      };
      // What Messenger was told cannot be taken back.
      this.#later(done);
    });
  }

  answer(id: PluginCall['id'], answer: PluginCallResult): void {
    const { genesys, provider } = this.#around;
    if (!this.open.delete(id)) genesys.wrongs.push(`call ${id} was settled twice`);
    if ('error' in answer) return this.#error('Auth.authError', answer.error);
    if (!this.heeds) return;
    const { grant } = answer;
    const exchange = (): void => {
      if (genesys.fault === 'silent') return;
      try {
        this.#report(genesys.exchange('authCode' in grant ? provider.find(grant.authCode) : undefined));
      } catch (thrown) {
        this.#error('Auth.error', thrown);
      }
    };
    this.#later(() => this.#say({ type: 'authenticating' }), 1);
    this.#later(exchange);
  }

  publishReady(): void {
    if (this.heeds) this.call('getAuthCode');
  }

  publish(): void {}

  setHidden(hidden: boolean): void {
    this.hidden = hidden;
  }

  /** Messenger commands AuthProvider, once it is there. */
  call(command: PluginCall['command'], forceUpdate = false): void {
    if (!this.#loaded) return;
    const call: PluginCall = { id: ++this.#calls, command, forceUpdate };
    this.open.set(call.id, { ...call, at: this.#around.scheduler.now() });
    this.#say({ type: 'plugin-called', call });
  }

  /** The socket was cut: another will have to be configured. */
  cut(): void {
    this.#say({ type: 'reconnecting' });
  }

  hearLogout(): void {
    this.#say({ type: 'logged-out' });
  }

  /** Its page is gone, and what was under way with it. */
  leave(): void {
    this.#left = true;
  }

  #later(work: () => void, ms = latencyMs): void {
    this.#around.scheduler.schedule(() => this.#left || work(), ms);
  }

  #obey(name: string): void {
    const { genesys, loggedOut, online } = this.#around;
    if (!online()) throw new TypeError('Failed to fetch');
    if (name === 'Auth.refreshToken') this.#report(genesys.refresh());
    else if (name === 'Auth.getTokens') this.call('getAuthCode');
    else if (name === 'Auth.reAuthenticate') this.call('reAuthenticate');
    else if (name === 'MessagingService.stepUpConversation') this.call('signIn');
    else if (name === 'Auth.logout') {
      genesys.revoke();
      loggedOut();
    }
  }

  /** Nothing of one person's conversation may be in sight when Messenger says that another is signed in. */
  #report(token: Jwt): void {
    const { genesys } = this.#around;
    this.#say({ type: 'authenticated', token });
    const heard = this.#line && !this.#line.closed;
    if (heard && token.claims['sub'] !== genesys.owner && !this.hidden)
      genesys.wrongs.push(`${String(token.claims['sub'])} sees what ${String(genesys.owner)} wrote`);
  }

  #error(event: string, thrown: unknown): void {
    this.#say({ type: 'auth-error', event, failure: readFailure(thrown) });
  }

  #say(fact: MessengerFact): void {
    this.#line?.next(fact);
  }

  /** What was given up for want of an answer cannot be taken back, and does not count. */
  #count(subscriber: Subscriber<unknown>): void {
    const { genesys, scheduler } = this.#around;
    const now = scheduler.now();
    if ([...this.#refreshing.values()].some((since) => now - since < givenUpMs))
      genesys.wrongs.push('two refreshes at once in one tab');
    this.#refreshing.set(subscriber, now);
    subscriber.add(() => this.#refreshing.delete(subscriber));
  }
}
