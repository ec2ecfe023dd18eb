import type { Journal } from '../journal.js';
import type { BrowserSwitches } from '../switches.js';

/**
 * Whether a re-authentication is outstanding: from its start to the next `authenticated` event. If Messenger ignores the
 * AuthProvider's resolve, as users report, it stays outstanding and the alert stays visible.
 */
export class ReAuthentication {
  readonly #switches: BrowserSwitches;
  readonly #journal: Journal;
  #outstanding = false;
  #resolveIgnored = false;
  #waiting: (() => void)[] = [];

  constructor(switches: BrowserSwitches, journal: Journal) {
    this.#switches = switches;
    this.#journal = journal;
  }

  get outstanding(): boolean {
    return this.#outstanding;
  }

  /** Messenger ignored the resolve. `Auth.getTokens` or `AuthProvider.ready` makes it go on. */
  get awaitsNudge(): boolean {
    return this.#resolveIgnored && !this.stuck;
  }

  /** Messenger ignored the resolve, and ignores everything else, too. */
  get stuck(): boolean {
    return this.#resolveIgnored && this.#switches.reAuthenticateResolve === 'ignored';
  }

  begin(): void {
    this.#outstanding = true;
    this.#resolveIgnored = false;
  }

  /** Whether Messenger uses the AuthProvider's resolve; set by the switch `reAuthenticateResolve`. */
  honoursResolve(): boolean {
    const mode = this.#switches.reAuthenticateResolve;
    if (mode === 'honoured') return true;
    if (mode === 'ignored-once') this.#switches.reAuthenticateResolve = 'honoured';
    this.#resolveIgnored = true;
    this.#journal.record({ plugin: 'Auth', command: 'reAuthenticate', outcome: 'resolve-ignored' });
    return false;
  }

  /** Resolves with the next `authenticated` event, whatever its cause. */
  whenOver(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  end(): void {
    this.#outstanding = false;
    this.#resolveIgnored = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
