import type { PersistencePort, LoopEntry } from '../../src/session/ports.js';

/** What outlives a page, as far as the test keeps this object. */
export class FakePersistencePort implements PersistencePort {
  available = true;
  useless = false;
  kept: readonly LoopEntry[] = [];

  framesUnusable(): boolean {
    return this.useless;
  }

  rememberFrames(useless: boolean): void {
    this.useless = useless;
  }

  loopEntries(): readonly LoopEntry[] {
    return this.kept;
  }

  saveLoopEntries(loopEntries: readonly LoopEntry[]): void {
    this.kept = loopEntries;
  }
}
