import { classifyConfigureError, isErrorFrame } from './error-frames.js';
import type { ConfigureError } from './error-frames.js';
import type { ServerFrame } from './frames.js';

/** As in Genesys' mobile client: one more refusal in a row ends the session. */
const maxRefusals = 3;

/** The pending configure frame: its JWT, its ID, and how many times in a row the server refused one. */
export class ConfigureAttempt {
  /** JWT of the latest frame; `undefined` for a guest. */
  jwt: string | undefined;
  /** Whether the JWT was refreshed since the latest success. */
  refreshed = false;
  #ticket = 0;
  #id: string | undefined;
  #refusals = 0;

  /** @returns a ticket that is current until the next call of `begin` or `abandon` */
  begin(): number {
    this.#ticket += 1;
    return this.#ticket;
  }

  isCurrent(ticket: number): boolean {
    return ticket === this.#ticket;
  }

  /** @returns the ID that the server's response will have */
  send(jwt: string | undefined): string {
    this.jwt = jwt;
    this.#id = crypto.randomUUID();
    return this.#id;
  }

  /** Whether an error frame answers the pending frame. An error without an ID does. */
  isRefusedBy(frame: ServerFrame): boolean {
    return this.#id !== undefined && isErrorFrame(frame) && (frame.tracingId ?? this.#id) === this.#id;
  }

  refused(frame: ServerFrame): ConfigureError {
    this.#id = undefined;
    this.#refusals += 1;
    return this.#refusals > maxRefusals ? 'fatal' : classifyConfigureError(frame);
  }

  accepted(): void {
    this.#id = undefined;
    this.reset();
  }

  /** Ignores any response to the pending frame. */
  abandon(): void {
    this.#ticket += 1;
    this.#id = undefined;
  }

  reset(): void {
    this.#refusals = 0;
    this.refreshed = false;
  }
}
