import { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { GcAuthError } from '../../src/core/errors.js';
import type { PluginCall, PluginCallResult, MessengerFact } from '../../src/core/messenger.js';
import type { MessengerPort } from '../../src/session/ports.js';

/** A command that was given, to be settled by the test; silent until then. */
export interface FakeCommand {
  readonly name: string;
  readonly data: unknown;
  /** Whoever gave it has let go. */
  cancelled: boolean;
  resolve(value?: unknown): void;
  reject(reason?: unknown): void;
}

/** Messenger by the handle: the test says what it does, and sees what it was told. */
export class FakeMessengerPort implements MessengerPort {
  readonly commands: FakeCommand[] = [];
  readonly answers: Array<{ id: PluginCall['id']; answer: PluginCallResult }> = [];
  readonly published: Array<{ event: string; data: unknown }> = [];
  readyPublished = 0;
  /** Messenger's window and launcher are hidden. */
  hidden = false;
  /** How often `connect()` was subscribed to. */
  connections = 0;
  readonly #subscribers = new Set<Subscriber<MessengerFact>>();
  readonly #open = new Map<PluginCall['id'], PluginCall>();
  readonly #held = new Map<MessengerFact['type'], MessengerFact>();
  #lastId = 0;

  /** Live connections. */
  get connected(): number {
    return this.#subscribers.size;
  }

  get openAsks(): readonly PluginCall[] {
    return [...this.#open.values()];
  }

  connect(): Observable<MessengerFact> {
    return new Observable((subscriber) => {
      this.connections++;
      for (const fact of this.#held.values()) subscriber.next(fact);
      for (const call of this.#open.values()) subscriber.next({ type: 'plugin-called', call });
      this.#subscribers.add(subscriber);
      return () => this.#subscribers.delete(subscriber);
    });
  }

  command(name: string, data?: unknown): Observable<unknown> {
    return new Observable((subscriber) => {
      const given: FakeCommand = {
        name,
        data,
        cancelled: false,
        resolve: (value) => {
          subscriber.next(value);
          subscriber.complete();
        },
        reject: (reason) => subscriber.error(reason),
      };
      this.commands.push(given);
      return () => {
        given.cancelled = true;
      };
    });
  }

  answer(id: PluginCall['id'], answer: PluginCallResult): void {
    if (this.#open.delete(id)) this.answers.push({ id, answer });
  }

  publishReady(): void {
    this.readyPublished++;
  }

  publish(event: string, data: unknown): void {
    this.published.push({ event, data });
  }

  setHidden(hidden: boolean): void {
    this.hidden = hidden;
  }

  emit(...facts: readonly MessengerFact[]): void {
    for (const fact of facts) {
      if (fact.type === 'plugin-called') this.#open.set(fact.call.id, fact.call);
      if (fact.type === 'loaded' || fact.type === 'auth-ready' || fact.type === 'authenticated') {
        this.#held.set(fact.type, fact);
      }
      if (fact.type === 'logged-out') this.#held.delete('authenticated');
      for (const subscriber of this.#subscribers) subscriber.next(fact);
    }
  }

  /** Messenger commands AuthProvider. */
  call(command: PluginCall['command'] = 'getAuthCode', forceUpdate = false): PluginCall {
    const call = { id: ++this.#lastId, command, forceUpdate };
    this.emit({ type: 'plugin-called', call });
    return call;
  }

  /** Messenger cannot be had. */
  fail(error: GcAuthError): void {
    for (const subscriber of this.#subscribers) subscriber.error(error);
  }

  /** The last command of this name that was given. */
  lastCommand(name: string): FakeCommand | undefined {
    return this.commands.filter((command) => command.name === name).at(-1);
  }
}
