import { writeBlock } from '../../../scripts/docs/doc-block.mjs';
import { bundlers } from './bundlers.js';
import type { Bundler } from './esbuild.js';
import { bundlePage, hostFolder, pages, removeFolder, singleModule } from './measure.js';

/** `npm run bench:bundles`: what the package adds to the bundle of a host. Writes a table into the documentation. */

const single = await singleModule();

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
const toSingle = (bytes: number): string => `${kilobytes(bytes)} (${(bytes / single).toFixed(2)})`;

async function rowOf(folder: string, bundler: Bundler): Promise<string[]> {
  const bundle = (code: string, ...conditions: string[]) => bundlePage(folder, bundler, code, conditions);
  const empty = await bundle(pages.empty);
  const added = async (code: string, ...conditions: string[]): Promise<number> =>
    (await bundle(code, ...conditions)).bytes - empty.bytes;
  const libraries = await bundle(pages.libraries);
  const both = await bundle(pages.libraries + pages.element);
  return [
    bundler.name,
    toSingle(await added(pages.element)),
    toSingle(await added(pages.element, 'es2015')),
    toSingle(both.bytes - libraries.bytes),
    `${both.copiesOfLit} / ${both.copiesOfRxjs}`,
    kilobytes(await added(pages.unused)),
    kilobytes(await added(pages.error)),
  ];
}

const head = [
  `kB added, brotli`,
  '`define.js`',
  'with `es2015`',
  'page with Lit, RxJS',
  'copies of them',
  'unused',
  '`GcAuthError`',
];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const folder = await hostFolder();
try {
  const rows: string[][] = [];
  for (const bundler of bundlers) rows.push(await rowOf(folder, bundler));
  rows.push(['single module', toSingle(single), '', '', '', '', '']);
  const table = [line(head), `|---${'|--:'.repeat(head.length - 1)}|`, ...rows.map(line)].join('\n');
  console.log(table);
  await writeBlock('docs/speed.md', 'bench-bundles', table);
} finally {
  await removeFolder(folder);
}
