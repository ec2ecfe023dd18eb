import { Writable } from 'node:stream';
import { WriteStream } from 'node:tty';

/** Keeps what a command writes. With `isTTY` it is a terminal, whose colours depend on the environment as those of a real one do. */
export class Sink extends Writable {
  readonly isTTY: boolean;

  text = '';

  constructor(isTTY = false) {
    super();
    this.isTTY = isTTY;
  }

  readonly getColorDepth = WriteStream.prototype.getColorDepth;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}
