import type { Check, Diagnosis } from '../../core/diagnosis.js';
import { columns, printable, styled } from '../output.js';
import type { Stream } from '../output.js';
import { pieces, widthOf } from '../width.js';

const kinds = {
  wrong: { sign: '✗', colour: 'red' },
  advice: { sign: '!', colour: 'yellow' },
  unknown: { sign: '?', colour: 'gray' },
  fine: { sign: '✓', colour: 'green' },
} as const;

type Kind = keyof typeof kinds;

const kindOf = ({ ok, why }: Check): Kind =>
  ok === false ? 'wrong' : ok === undefined ? 'unknown' : why === undefined ? 'fine' : 'advice';

/** The findings as text, what is wrong first. */
export function report({ checks }: Diagnosis, stream: Stream): string {
  const coloured = (kind: Kind, text: string): string => styled(kinds[kind].colour, text, stream);
  const of = (kind: Kind): readonly Check[] => checks.filter((check) => kindOf(check) === kind);
  const findings = [...of('wrong'), ...of('advice')].map((check) => {
    const kind = kindOf(check);
    const lines = [
      lined(check.found, '  '),
      lined(check.why ?? '', '  Why: '),
      lined(check.hint ?? '', '  Do:  '),
      `  See: ${check.link ?? ''}`,
    ];
    return [coloured(kind, `${kinds[kind].sign} ${check.name}: ${check.id}`), ...lines, ''].join('\n');
  });
  const others = [...of('unknown'), ...of('fine')].map((check) => {
    const kind = kindOf(check);
    const [first = '', ...more] = lined(`${kinds[kind].sign} ${check.name}: ${check.found}`, '', '  ').split('\n');
    return [coloured(kind, first.slice(0, 1)) + first.slice(1), ...more].join('\n');
  });
  const summary = `${of('wrong').length} wrong, ${of('advice').length} to improve, ${of('unknown').length} not known, ${of('fine').length} fine`;
  return [...findings, ...others, '', summary].join('\n');
}

/** Text on lines of at most 80 columns: `first` begins the first one, `more` the others. A longer word is broken. */
export function lined(text: string, first: string, more = ' '.repeat(first.length)): string {
  const room = columns - Math.max(first.length, more.length);
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const piece of printable(text.replace(/\s+/g, ' '))
    .split(' ')
    .flatMap((word) => pieces(word, room))) {
    if (!empty && widthOf(`${line} ${piece}`) > columns) {
      lines.push(line);
      line = more;
      empty = true;
    }
    line += empty ? piece : ` ${piece}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}
