export { closest } from '../doctor/closest.js';

/** Longest line of an answer. */
const columns = 80;

export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Says why a command could not do its work. Returns the exit code for that. */
export function fail(text: string): number {
  process.stderr.write(`${text}\n`);
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
