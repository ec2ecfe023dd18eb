export { closest } from '../doctor/closest.js';

/** Longest line of an answer. */
export const columns = 80;

/** Where a command writes to. */
export interface Output {
  readonly out: Stream;
  readonly err: Stream;
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export const terminal: Output = { out: process.stdout, err: process.stderr };

export const print = (text: string, { out } = terminal): void => void out.write(`${text}\n`);

/** Says why a command could not do its work. Returns the exit code for that. */
export function fail(text: string, { err } = terminal): number {
  err.write(`${text}\n`);
  return 2;
}

/** Words on lines of at most 80 columns; lines after the first are indented. A longer word stands alone. */
export function wrapped(words: readonly string[], indent = '  '): string {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(line === undefined ? word : `${indent}${word}`);
  }
  return lines.join('\n');
}

/** One line that says what is done now, where somebody watches. */
export function progressOn(stream: Stream): { show(text: string): void; clear(): void } {
  const show = (text: string): void => {
    if (stream.isTTY) stream.write(`\r\u001b[K${text.slice(0, columns - 1)}`);
  };
  return { show, clear: () => show('') };
}
