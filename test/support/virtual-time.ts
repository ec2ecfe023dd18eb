import { VirtualTimeScheduler } from 'rxjs';

/** A clock that moves only on `advance()`. */
export class VirtualTime extends VirtualTimeScheduler {
  /** Runs everything that is due within the next `ms` and moves the clock there. */
  advance(ms: number): void {
    const until = this.frame + ms;
    this.maxFrames = until;
    this.flush();
    this.frame = until;
  }
}
