import { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { GcAuthError } from '../../src/core/errors.js';
import type { Ask, AskAnswer, MessengerFact } from '../../src/core/messenger.js';
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
  readonly answers: Array<{ id: Ask['id']; answer: AskAnswer }> = [];
  readonly published: Array<{ event: string; data: unknown }> = [];
  announcements = 0;
  /** Messenger's window and launcher are hidden. */
  curtained = false;
  /** How often `connect()` was subscribed to. */
  connections = 0;
  readonly #subscribers = new Set<Subscriber<MessengerFact>>();
  readonly #open = new Map<Ask['id'], Ask>();
  readonly #held = new Map<MessengerFact['type'], MessengerFact>();
  #lastId = 0;

  /** Live connections. */
  get connected(): number {
    return this.#subscribers.size;
  }

  get openAsks(): readonly Ask[] {
    return [...this.#open.values()];
  }

  connect(): Observable<MessengerFact> {
    return new Observable((subscriber) => {
      this.connections++;
      for (const fact of this.#held.values()) subscriber.next(fact);
      for (const ask of this.#open.values()) subscriber.next({ type: 'asked', ask });
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

  answer(id: Ask['id'], answer: AskAnswer): void {
    if (this.#open.delete(id)) this.answers.push({ id, answer });
  }

  announce(): void {
    this.announcements++;
  }

  publish(event: string, data: unknown): void {
    this.published.push({ event, data });
  }

  curtain(closed: boolean): void {
    this.curtained = closed;
  }

  emit(...facts: readonly MessengerFact[]): void {
    for (const fact of facts) {
      if (fact.type === 'asked') this.#open.set(fact.ask.id, fact.ask);
      if (fact.type === 'loaded' || fact.type === 'auth-ready' || fact.type === 'authenticated') {
        this.#held.set(fact.type, fact);
      }
      if (fact.type === 'logged-out') this.#held.delete('authenticated');
      for (const subscriber of this.#subscribers) subscriber.next(fact);
    }
  }

  /** Messenger commands AuthProvider. */
  ask(command: Ask['command'] = 'getAuthCode', forceUpdate = false): Ask {
    const ask = { id: ++this.#lastId, command, forceUpdate };
    this.emit({ type: 'asked', ask });
    return ask;
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
