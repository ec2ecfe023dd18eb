import { Observable, Subject, take } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { GcAuthError } from '../../src/core/errors.js';
import type { PluginCall, PluginCallResult, MessengerFact } from '../../src/core/messenger.js';
import type { MessengerPort } from '../../src/session/ports.js';

/** A command that was sent; the test settles it. */
export interface FakeCommand {
  readonly name: string;
  readonly data: unknown;
  /** The sender has unsubscribed. */
  cancelled: boolean;
  resolve(value?: unknown): void;
  reject(reason?: unknown): void;
}

/** Messenger as a test controls it: the test emits its facts and reads what it received. */
export class FakeMessengerPort implements MessengerPort {
  readonly commands: FakeCommand[] = [];
  readonly answers: Array<{ id: PluginCall['id']; answer: PluginCallResult }> = [];
  readonly published: Array<{ event: string; data: unknown }> = [];
  readyPublished = 0;
  /** Messenger's window and launcher are hidden. */
  hidden = false;
  /** Number of subscriptions to `connect()`, ended ones included. */
  connections = 0;
  readonly #subscribers = new Set<Subscriber<MessengerFact>>();
  readonly #open = new Map<PluginCall['id'], PluginCall>();
  readonly #replayed = new Map<MessengerFact['type'], MessengerFact>();
  #lastId = 0;

  /** Number of current subscriptions. */
  get connected(): number {
    return this.#subscribers.size;
  }

  get openCalls(): readonly PluginCall[] {
    return [...this.#open.values()];
  }

  connect(): Observable<MessengerFact> {
    return new Observable((subscriber) => {
      this.connections++;
      for (const fact of this.#replayed.values()) subscriber.next(fact);
      for (const call of this.#open.values()) subscriber.next({ type: 'plugin-called', call });
      this.#subscribers.add(subscriber);
      return () => this.#subscribers.delete(subscriber);
    });
  }

  /** Emits when Messenger responds after `fail()`. */
  readonly arrived = new Subject<void>();

  arrival(): Observable<void> {
    return this.arrived.pipe(take(1));
  }

  command(name: string, data?: unknown): Observable<unknown> {
    return new Observable((subscriber) => {
      const sent: FakeCommand = {
        name,
        data,
        cancelled: false,
        resolve: (value) => {
          subscriber.next(value);
          subscriber.complete();
        },
        reject: (reason) => subscriber.error(reason),
      };
      this.commands.push(sent);
      return () => {
        sent.cancelled = true;
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
        this.#replayed.set(fact.type, fact);
      }
      if (fact.type === 'logged-out') this.#replayed.delete('authenticated');
      for (const subscriber of this.#subscribers) subscriber.next(fact);
    }
  }

  /** Calls a command of AuthProvider. */
  call(command: PluginCall['command'] = 'getAuthCode', forceUpdate = false): PluginCall {
    const call = { id: ++this.#lastId, command, forceUpdate };
    this.emit({ type: 'plugin-called', call });
    return call;
  }

  /** Messenger does not load. */
  fail(error: GcAuthError): void {
    for (const subscriber of this.#subscribers) subscriber.error(error);
  }

  /** The latest command of this name. */
  lastCommand(name: string): FakeCommand | undefined {
    return this.commands.filter((command) => command.name === name).at(-1);
  }
}
