import type { PersistencePort, LoopEntry, RedirectOutcome } from '../../src/session/ports.js';

/** Persistence in memory: lasts as long as the test keeps the object. */
export class FakePersistencePort implements PersistencePort {
  available = true;
  useless = false;
  kept: readonly LoopEntry[] = [];

  framesUnusable(): boolean {
    return this.useless;
  }

  rememberFrames(unusable: boolean): void {
    this.useless = unusable;
  }

  redirects: RedirectOutcome[] = [];
  silentRedirect = false;

  mayRedirectSilently(): boolean {
    return this.silentRedirect;
  }

  rememberRedirect(outcome: RedirectOutcome): void {
    this.redirects.push(outcome);
  }

  loopEntries(): readonly LoopEntry[] {
    return this.kept;
  }

  saveLoopEntries(loopEntries: readonly LoopEntry[]): void {
    this.kept = loopEntries;
  }
}
