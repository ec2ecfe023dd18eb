import type { MemoryPort, Try } from '../../src/session/ports.js';

/** What outlives a page, as far as the test keeps this object. */
export class FakeMemoryPort implements MemoryPort {
  works = true;
  useless = false;
  kept: readonly Try[] = [];

  framesUseless(): boolean {
    return this.useless;
  }

  learnFrames(useless: boolean): void {
    this.useless = useless;
  }

  tries(): readonly Try[] {
    return this.kept;
  }

  keepTries(tries: readonly Try[]): void {
    this.kept = tries;
  }
}
