import type { Journal } from '../journal.js';
import type { BrowserSwitches } from '../switches.js';

/**
 * The time between "this person must authenticate again" and the next `authenticated`. It outlives
 * the provider's answer when Messenger ignores it, as users report: the alert then stays.
 */
export class ReAuthentication {
  readonly #switches: BrowserSwitches;
  readonly #journal: Journal;
  #outstanding = false;
  #ignored = false;
  #waiting: (() => void)[] = [];

  constructor(switches: BrowserSwitches, journal: Journal) {
    this.#switches = switches;
    this.#journal = journal;
  }

  get outstanding(): boolean {
    return this.#outstanding;
  }

  /** The provider resolved, Messenger did nothing, and a nudge gets it going. */
  get awaitsNudge(): boolean {
    return this.#ignored && !this.stuck;
  }

  /** The provider resolved and nothing gets Messenger going. */
  get stuck(): boolean {
    return this.#ignored && this.#switches.reAuthenticateResolve === 'ignored';
  }

  begin(): void {
    this.#outstanding = true;
    this.#ignored = false;
  }

  /** Whether the provider's resolve is taken up, by the switch `reAuthenticateResolve`. */
  takesUpResolve(): boolean {
    const mode = this.#switches.reAuthenticateResolve;
    if (mode === 'honoured') return true;
    if (mode === 'ignored-once') this.#switches.reAuthenticateResolve = 'honoured';
    this.#ignored = true;
    this.#journal.record({ plugin: 'Auth', command: 'reAuthenticate', outcome: 'resolve-ignored' });
    return false;
  }

  /** Settles with the next `authenticated`, whichever way it comes. */
  whenOver(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  end(): void {
    this.#outstanding = false;
    this.#ignored = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
