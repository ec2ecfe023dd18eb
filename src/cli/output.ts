import { styleText } from 'node:util';
import { pieces, widthOf } from './width.js';

export { closest } from '../doctor/closest.js';

/** Longest line of an answer. */
export const columns = 80;

/** Where a command writes to. */
export interface Output {
  readonly out: Stream;
  readonly err: Stream;
}

export type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };

export const terminal: Output = { out: process.stdout, err: process.stderr };

export const print = (text: string, { out } = terminal): void => void out.write(`${text}\n`);

/** Says why a command could not do its work. Returns the exit code for that. */
export function fail(text: string, { err } = terminal): number {
  err.write(`${fitted(text)}\n`);
  return 2;
}

/** Text that may quote somebody else, without control characters, which could move the cursor or colour the text. */
export const printable = (text: string): string => text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD');

/** Text for people: longer lines are broken, also inside a word that is longer than a line. */
export const fitted = (text: string): string =>
  printable(text)
    .split('\n')
    .flatMap((line) => (widthOf(line) <= columns ? [line] : brokenLines(line)))
    .join('\n');

const brokenLines = (line: string): string[] =>
  wrapped(line.split(' '), '')
    .split('\n')
    .flatMap((each) => pieces(each, columns));

/** Words on lines of at most 80 columns; lines after the first are indented. A longer word stands alone. */
export function wrapped(words: readonly string[], indent = '  '): string {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && widthOf(`${line} ${word}`) <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(line === undefined ? word : `${indent}${word}`);
  }
  return lines.join('\n');
}

/** One line that says what is done now, where somebody watches. */
export function progressOn(stream: Stream): { show(text: string): void; clear(): void } {
  const show = (text: string): void => {
    if (stream.isTTY) stream.write(`\r\u001b[K${pieces(text, columns - 1)[0] ?? ''}`);
  };
  return { show, clear: () => show('') };
}

/**
 * Text in a colour or in bold on a terminal, as it is in files and pipes. Which terminals have colours, Node decides:
 * `NO_COLOR` and a `TERM` without colours turn them off, `FORCE_COLOR` turns them on.
 *
 * @see https://nodejs.org/api/util.html#utilstyletextformat-text-options
 */
export const styled = (
  style: Parameters<typeof styleText>[0],
  text: string,
  stream: Stream = process.stdout,
): string => (stream.isTTY ? styleText(style, text, { stream }) : text);
