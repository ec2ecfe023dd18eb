import { readdirSync, readFileSync } from 'node:fs';

/** A fenced block. */
export interface Sample {
  readonly file: string;
  /** Of its first line of code. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

export interface Link {
  readonly line: number;
  readonly target: string;
}

export interface Page {
  readonly file: string;
  readonly text: string;
  readonly samples: readonly Sample[];
  readonly links: readonly Link[];
  /** Inline code, where it stands. */
  readonly spans: ReadonlyArray<{ readonly line: number; readonly code: string }>;
  /** What a link to a heading may end with. */
  readonly anchors: ReadonlySet<string>;
}

/** As GitHub makes them: https://docs.github.com/en/get-started/writing-on-github#section-links */
function anchorsOf(headings: readonly string[]): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const heading of headings) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    let anchor = slug;
    for (let copy = 1; anchors.has(anchor); copy++) anchor = `${slug}-${copy}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Code and prose apart, each with its lines. */
export function readPage(file: string, text = readFileSync(file, 'utf8')): Page {
  const samples: Sample[] = [];
  const headings: string[] = [];
  const prose: string[] = [];
  let open: { language: string; line: number; code: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const [, language] = /^\s*```(\w*)\s*$/.exec(line) ?? [];
    prose.push(open || language !== undefined ? '' : line);
    if (language === undefined) {
      open?.code.push(line);
      if (!open && /^#{1,6} /.test(line)) headings.push(line.replace(/^#+ /, ''));
    } else if (open) {
      samples.push({ file, line: open.line, language: open.language, code: open.code.join('\n') });
      open = undefined;
    } else {
      open = { language, line: index + 2, code: [] };
    }
  }
  const spans = matches(prose, /`([^`]+)`/g).map(({ line, found }) => ({ line, code: found }));
  // A link may be broken over two lines, and code in it is text.
  const links = matches(prose, /\]\(([^)\s]+)\)/g).map(({ line, found }) => ({ line, target: found }));
  return { file, text, samples, links, spans, anchors: anchorsOf(headings) };
}

const matches = (lines: readonly string[], pattern: RegExp): Array<{ line: number; found: string }> =>
  lines.flatMap((line, index) => [...line.matchAll(pattern)].map(([, found = '']) => ({ line: index + 1, found })));

const isPage = (name: string): boolean => name.endsWith('.md') && !name.includes('node_modules');

const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isPage)
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();

const files = [
  ...readdirSync('.').filter(isPage),
  ...['demo', 'docs', 'examples', 'scripts', 'src', 'test'].flatMap(below),
];

export const pages: readonly Page[] = files.map((file) => readPage(file));

/** What a page is before (`-`) and after (`+`) the change that a sample shows. */
export function sides({ code }: Sample): { before: string; after: string } {
  const without = (sign: string): string =>
    code
      .split('\n')
      .filter((line) => !line.startsWith(sign))
      .map((line) => line.slice(1))
      .join('\n');
  return { before: without('+'), after: without('-') };
}

/** Where something stands, as editors and terminals link to it. */
export const at = ({ file }: Pick<Page, 'file'>, line: number): string => `${file}:${line}`;
