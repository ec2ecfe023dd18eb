import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundles, callbackPage } from './bundles.mjs';
import { faultsOf } from './check-build.mjs';
import { minify } from './minify.mjs';
import { printParts, printSizes, sizeOf } from './size-tables.mjs';

const dist = 'dist';
const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');

/** Modules and types for bundlers; a type error fails the build. */
async function emitModules() {
  await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.build.json']).catch((error) => {
    throw new Error(`tsc -p tsconfig.build.json\n${error.stdout}${error.stderr}`, { cause: error });
  });
}

/** @param {(typeof bundles)[keyof typeof bundles]} bundle */
async function emitBundle({ entry, file, options }) {
  const outfile = join(dist, file);
  const { metafile, outputFiles } = await build({
    ...options,
    entryPoints: [entry],
    outfile,
    metafile: true,
    write: false,
  });
  const output = Object.entries(metafile.outputs).find(([name]) => name.endsWith('.js'))?.[1];
  const textOf = (/** @type {string} */ ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text;
  const bundled = textOf('.js');
  if (!output || !bundled) throw new Error(`${entry}: no output`);
  const { code, map } = await minify(file, options, bundled, textOf('.js.map'));
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, code);
  if (map) await writeFile(`${outfile}.map`, String(map));
  return output.inputs;
}

async function main() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  await emitModules();
  for (const { file } of Object.values(bundles)) {
    // A module of the doors under the name of a bundle would be overwritten without a word.
    if (existsSync(join(dist, file))) throw new Error(`dist/${file} is both a module and a bundle: rename one.`);
  }
  const [module, , callback] = await Promise.all([
    emitBundle(bundles.module),
    emitBundle(bundles.iife),
    emitBundle(bundles.callback),
    emitBundle(bundles.standIn),
    copyFile(callbackPage.entry, join(dist, callbackPage.file)),
  ]);

  const files = [...Object.values(bundles), callbackPage].map(({ file }) => file);
  const contents = await Promise.all(files.map((file) => readFile(join(dist, file))));
  const sizes = new Map(files.map((file, index) => [file, sizeOf(contents[index] ?? Buffer.of())]));
  printSizes(sizes);
  printParts(bundles.module.file, module);

  const faults = faultsOf({
    brotli: (file) => sizes.get(file)?.brotli ?? 0,
    text: (file) => String(contents[files.indexOf(file)]),
    callbackInputs: Object.keys(callback),
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

try {
  await main();
} catch (error) {
  console.error(`\nBuild failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
