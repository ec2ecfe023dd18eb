import { brotliCompressSync, gzipSync } from 'node:zlib';

/** @param {Buffer} content */
export function sizeOf(content) {
  return { raw: content.length, gzip: gzipSync(content).length, brotli: brotliCompressSync(content).length };
}

/** @param {string} head @param {number[]} cells */
const row = (head, ...cells) => head.padEnd(34) + cells.map((cell) => cell.toLocaleString('en').padStart(10)).join('');

/** @param {Map<string, ReturnType<typeof sizeOf>>} sizes by file name */
export function printSizes(sizes) {
  console.log(`${'file (bytes)'.padEnd(34)}${['raw', 'gzip', 'brotli'].map((head) => head.padStart(10)).join('')}`);
  for (const [file, { raw, gzip, brotli }] of sizes) console.log(row(file, raw, gzip, brotli));
}

/** @param {string} input path of a module, as esbuild reports it */
function partOf(input) {
  const packages = [...input.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)\//g)].at(-1)?.[1];
  if (packages) return /^(lit|lit-html|lit-element|@lit\/reactive-element)$/.test(packages) ? 'lit' : packages;
  return /^src\/([^/]+)\//.exec(input)?.[1] ?? 'doors';
}

/**
 * Minified bytes of each part of a bundle: the rooms of `src`, the libraries.
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
