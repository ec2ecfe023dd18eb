import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns that a terminal gives a text: two for a wide character of East Asia and for an emoji, none for a mark above a letter. */
export const widthOf = (text: string): number => stringWidth(text, { countAnsiEscapeCodes: true });

/** What a reader sees as one character. What is wider than the room is no character of any language, and is taken apart. */
const charactersOf = (text: string, room: number): string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment).flatMap((each) =>
    widthOf(each) <= room ? [each] : [...each],
  );

/** A text in pieces of at most so many columns. Nothing that is one character to a reader is cut. */
export function pieces(text: string, room: number): string[] {
  if (text === '') return [];
  if (widthOf(text) <= room) return [text];
  const found: string[] = [];
  let width = Infinity;
  for (const character of charactersOf(text, room)) {
    width += widthOf(character);
    if (width > room) {
      found.push(character);
      width = widthOf(character);
    } else found[found.length - 1] += character;
  }
  return found;
}
