import { VirtualTimeScheduler } from 'rxjs';

/** A clock that moves only when told to. */
export class VirtualTime extends VirtualTimeScheduler {
  /** Runs what is due within the next `ms`, and leaves the clock there. */
  advance(ms: number): void {
    const until = this.frame + ms;
    this.maxFrames = until;
    this.flush();
    this.frame = until;
  }
}
