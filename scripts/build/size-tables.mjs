import { brotliCompressSync, gzipSync } from 'node:zlib';

/** @typedef {ReturnType<typeof sizeOf>} Size in bytes */

/** @param {Buffer} content */
export const sizeOf = (content) => ({
  raw: content.length,
  gzip: gzipSync(content).length,
  brotli: brotliCompressSync(content).length,
});

/** @param {string} title @param {number[]} cells */
const row = (title, ...cells) =>
  title.padEnd(34) + cells.map((cell) => cell.toLocaleString('en').padStart(10)).join('');

/** @param {Map<string, Size>} sizes by file */
export function printSizes(sizes) {
  const columns = ['raw', 'gzip', 'brotli'].map((column) => column.padStart(10)).join('');
  console.log(`${'file (bytes)'.padEnd(34)}${columns}`);
  for (const [file, { raw, gzip, brotli }] of sizes) console.log(row(file, raw, gzip, brotli));
}

/** @param {string} file @param {string} peer @param {Map<string, Size>} sizes by file */
export function printComparison(file, peer, sizes) {
  const [own, other] = [sizes.get(file)?.brotli ?? 0, sizes.get(peer)?.brotli ?? 0];
  const bytes = (/** @type {number} */ count) => count.toLocaleString('en');
  console.log(`\n${file} to ${peer}, brotli: ${bytes(own)} / ${bytes(other)} = ${(own / other).toFixed(3)}`);
}

/** Library or folder of `src` of a module. @param {string} input its path, as esbuild's metafile has it */
function partOf(input) {
  const library = [...input.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)\//g)].at(-1)?.[1];
  if (library) return /^(lit|lit-html|lit-element|@lit\/reactive-element)$/.test(library) ? 'lit' : library;
  return /^src\/([^/]+)\//.exec(input)?.[1] ?? 'entries';
}

/**
 * What each part of a bundle adds to it: bytes as esbuild minifies them.
 *
 * @param {string} file
 * @param {Record<string, {bytesInOutput: number}>} inputs of esbuild's metafile
 */
export function printParts(file, inputs) {
  /** @type {Map<string, number>} */
  const parts = new Map();
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    parts.set(partOf(input), (parts.get(partOf(input)) ?? 0) + bytesInOutput);
  }
  console.log(`\nparts of ${file}`);
  for (const [part, bytes] of [...parts].sort(([, a], [, b]) => b - a)) console.log(row(`  ${part}`, bytes));
}
