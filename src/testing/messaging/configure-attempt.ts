import type { ServerFrame } from './frames.js';
import { classifyRefusal, isErrorFrame } from './refusal.js';
import type { RefusalKind } from './refusal.js';

/** As Genesys' mobile client: the next refusal in a row ends the session. */
const mostRefusals = 3;

/** Which configure frame is under way, with which JWT, and how often in a row the server refused. */
export class ConfigureAttempt {
  /** As whom the last frame asked; `undefined` as a guest. */
  jwt: string | undefined;
  /** Since the last success the JWT was refreshed once. */
  refreshed = false;
  #ticket = 0;
  #id: string | undefined;
  #refusals = 0;

  /** A ticket that is good until the next one is taken. */
  begin(): number {
    this.#ticket += 1;
    return this.#ticket;
  }

  isCurrent(ticket: number): boolean {
    return ticket === this.#ticket;
  }

  /** The id under which the server will answer. */
  send(jwt: string | undefined): string {
    this.jwt = jwt;
    this.#id = crypto.randomUUID();
    return this.#id;
  }

  /** An error without an id is about the frame that is under way. */
  isRefusedBy(frame: ServerFrame): boolean {
    return this.#id !== undefined && isErrorFrame(frame) && (frame.tracingId ?? this.#id) === this.#id;
  }

  refused(frame: ServerFrame): RefusalKind {
    this.#id = undefined;
    this.#refusals += 1;
    return this.#refusals > mostRefusals ? 'fatal' : classifyRefusal(frame);
  }

  accepted(): void {
    this.#id = undefined;
    this.reset();
  }

  /** No frame is under way, and nothing that comes late for one counts. */
  abandon(): void {
    this.#ticket += 1;
    this.#id = undefined;
  }

  reset(): void {
    this.#refusals = 0;
    this.refreshed = false;
  }
}
