/** A text with its escapes decoded, and where each of its characters stands in the source. */
export interface DecodedText {
  readonly text: string;
  /** Index in the source at which the character begins. */
  start(index: number): number;
  /** Index in the source after the character. */
  end(index: number): number;
}

/** Percent encoding, escapes of JSON and JavaScript, character references of HTML. Matches in linear time. */
const escapes =
  /%[0-7][\da-f]|(?:%[89a-f][\da-f])+|\\u[\da-f]{4}|\\x[\da-f]{2}|\\[^]|&(?:amp|quot|apos|lt|gt|#\d{1,5}|#x[\da-f]{1,4});/gi;

const named: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };
const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function decodeOne(escape: string): string {
  if (escape[0] === '%') {
    try {
      return decodeURIComponent(escape);
    } catch {
      return escape;
    }
  }
  const body = escape.slice(1);
  if (escape[0] === '\\') {
    if (body.length > 1) return String.fromCharCode(parseInt(body.slice(1), 16));
    return controls[body] ?? body;
  }
  const name = body.slice(0, -1).toLowerCase();
  if (!name.startsWith('#')) return named[name] ?? escape;
  return String.fromCharCode(name[1] === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10));
}

const identity = (text: string): DecodedText => ({ text, start: (index) => index, end: (index) => index + 1 });

/** One level of escapes decoded; undefined when there is none. */
function decode(outer: DecodedText): DecodedText | undefined {
  if (!/[%\\&]/.test(outer.text)) return undefined;
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const add = (piece: string, from: number, to?: number): void => {
    for (let index = 0; index < piece.length; index++) {
      starts.push(outer.start(to === undefined ? from + index : from));
      ends.push(outer.end(to === undefined ? from + index : to - 1));
    }
    text += piece;
  };
  let at = 0;
  for (const { 0: escape, index } of outer.text.matchAll(escapes)) {
    add(outer.text.slice(at, index), at);
    at = index + escape.length;
    add(decodeOne(escape), index, at);
  }
  add(outer.text.slice(at), at);
  return text === outer.text ? undefined : { text, start: (index) => starts[index]!, end: (index) => ends[index]! };
}

/** Texts are nested in other texts no deeper: JSON in a form body in the JSON of an error, each escaped twice. */
const maxLevels = 8;

/** The text, then each level of escapes decoded. */
export function* decodedLevels(text: string): Iterable<DecodedText> {
  let level: DecodedText | undefined = identity(text);
  for (let depth = 0; level && depth <= maxLevels; depth++) {
    yield level;
    level = decode(level);
  }
}

/** The text without any escapes. */
export function decodeFully(text: string): string {
  let last = text;
  for (const level of decodedLevels(text)) last = level.text;
  return last;
}
