import { rememberSecret } from '../core/secrets.js';
import { listen } from './face.js';
import { earlierAttempts } from './earlier-attempts.js';
import { member, readAttempt, readError, readEvent, readState, readToken, textOf } from './records.js';
import type { AttemptRecord, Entry, EventRecord, StateRecord, TokenRecord } from './records.js';
import { mainEvent, sourceTitle, stateTitle, verdict } from './texts.js';
import { duration } from './format.js';

/** Longest lists. The oldest are dropped. */
const capacity = 500;

function keep<Item>(list: readonly Item[], item: Item): readonly Item[] {
  return [...list.slice(1 - capacity), item];
}

/**
 * What the element has told since the inspector is in the page, oldest first. It goes on when another element takes the
 * place of the one before. Contains no JWT.
 */
export class History {
  constructor(clock: () => number, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
    this.since = clock();
    this.attempts = earlierAttempts(this.since);
  }

  readonly #clock: () => number;
  /** The error that an element had before it was watched. */
  #earlierError: unknown;
  readonly #changed: () => void;

  /** When the inspector began to listen, epoch ms. */
  readonly since: number;
  states: readonly StateRecord[] = [];
  tokens: readonly TokenRecord[] = [];
  /** Those before `since` come from the user timings of the page. */
  attempts: readonly AttemptRecord[];
  events: readonly EventRecord[] = [];
  entries: readonly Entry[] = [];

  /** The latest state; undefined before the first. */
  get state(): StateRecord | undefined {
    return this.states.at(-1);
  }

  /** The JWT that is used now, expired or not. */
  get token(): TokenRecord | undefined {
    const latest = this.tokens.at(-1);
    return latest?.endedAt === undefined ? latest : undefined;
  }

  /** @returns stops listening to the element */
  watch(element: Element): () => void {
    const error = member(element, 'error');
    if (error && error !== this.#earlierError) this.#add(readError(error, this.#clock()));
    this.#earlierError = error;
    const stops = [
      listen(element, 'state$', 'gc-state-change', (change) => this.#enter(change)),
      listen(element, 'token$', 'gc-token', (token) => this.#issued(token)),
      listen(element, 'attempt$', 'gc-attempt', (attempt) => this.#attempted(attempt)),
      listen(element, 'error$', 'gc-error', (failure) => this.#failed(failure)),
      listen(element, 'messenger$', 'gc-messenger-event', (event) => this.#published(event)),
      listen(element, undefined, 'gc-ready', () => this.#tell('messenger', 'Messenger is ready')),
      listen(element, undefined, 'gc-signed-out', (detail) => this.#signedOut(textOf(detail, 'reason'))),
      listen(element, undefined, 'gc-interaction-required', (detail) =>
        this.#tell('person', 'A person must sign in', textOf(detail, 'reason')),
      ),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Adds a line of the page's own. */
  note(text: string): void {
    this.#tell('note', text);
  }

  #enter(change: unknown): void {
    const next = readState(change, this.#clock());
    // A stream replays what is known from before the inspector was moved.
    if (next.state === this.state?.state && next.reason === this.state.reason) return;
    const title = stateTitle(this.state, next);
    this.states = keep(this.states, next);
    if (next.state === 'signed-out') this.#endToken();
    this.#tell('state', title, next.reason);
  }

  #issued(token: unknown): void {
    // So that the report cannot contain it, wherever it comes from.
    rememberSecret(member(token, 'jwt'));
    const next = readToken(token);
    const { token: before } = this;
    if (before && next.expiresAt === before.expiresAt && next.issuedAt === before.issuedAt) return;
    this.#endToken();
    this.tokens = keep(this.tokens, next);
    const { issuedAt, expiresAt } = next;
    const lifetime = issuedAt !== undefined && expiresAt !== undefined && `valid for ${duration(expiresAt - issuedAt)}`;
    const tone = next.source === 'refresh' ? 'renew' : 'good';
    this.#add({ at: this.#clock(), kind: 'token', tone, title: sourceTitle(next), detail: lifetime || undefined });
  }

  #endToken(): void {
    const { token } = this;
    if (token) this.tokens = [...this.tokens.slice(0, -1), { ...token, endedAt: this.#clock() }];
  }

  #attempted(attempt: unknown): void {
    const next = readAttempt(attempt, this.#clock());
    this.attempts = keep(this.attempts, next);
    const took = next.ms === undefined ? '' : ` · ${duration(next.ms)}`;
    const [tone, text] = verdict(next.verdict);
    this.#add({ at: next.at, kind: 'attempt', tone, title: `${next.rung}: ${next.verdict}${took}`, detail: text });
  }

  #failed(error: unknown): void {
    this.#earlierError = error;
    this.#add(readError(error, this.#clock()));
  }

  #published(event: unknown): void {
    const next = readEvent(event, this.#clock());
    this.events = keep(this.events, next);
    const title = mainEvent(next.name);
    if (title) this.#tell('messenger', title, next.name);
    else this.#changed();
  }

  #signedOut(reason: string): void {
    this.#endToken();
    this.#tell('person', 'Signed out', reason);
  }

  #tell(kind: Entry['kind'], title: string, detail?: string): void {
    this.#add({ at: this.#clock(), kind, title, detail });
  }

  #add(entry: Entry): void {
    this.entries = keep(this.entries, entry);
    this.#changed();
  }
}
