import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import {
  bundles,
  callbackPage,
  commandLine,
  doctorBundle,
  inspectorAlone,
  localesFolder,
  setupPage,
  sizePeer,
} from './bundles.mjs';
import { problemsOf } from './check-build.mjs';
import { integrityFile, integrityOf } from './integrity.mjs';
import { licensesFile, licenseTexts, packagesIn } from './licenses.mjs';
import { makeBundle } from './make-bundle.mjs';
import { minifyStylesOf } from './minify-styles.mjs';
import { printComparison, printParts, printSizes, sizeOf } from './size-tables.mjs';

/** `npm run build`: writes `dist`, prints the sizes, and fails when a file is too large or holds what it must not. */

const dist = 'dist';
const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');

/** A bundle exports nothing. Its types are those of the tag, of its events, and of the names that a page may need. */
const declarations = "export type * from './index.js';\n";

/** Of scripts that have effects and nothing else. */
const noDeclarations = 'export {};\n';

/** Those of the inspector. */
const inspectorDeclarations = "export type * from './inspector/define.js';\n";

/** Modules and types for bundlers. Fails on type errors. */
async function writeModules() {
  await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.build.json']).catch((error) => {
    throw new Error(`tsc -p tsconfig.build.json\n${error.stdout}${error.stderr}`, { cause: error });
  });
  await minifyStylesOf(join(dist, 'element/styles.js'));
  // The inspector is one file, which is complete. Of its modules only the types are needed.
  const modules = await readdir(join(dist, 'inspector'), { recursive: true });
  await Promise.all(modules.filter((name) => name.endsWith('.js')).map((name) => rm(join(dist, 'inspector', name))));
}

/** Types for templates, which `tsc` does not copy, each with a module without effect, so that it can be imported. */
async function writeTemplateTypes() {
  const folder = 'src/templates';
  const declared = (await readdir(folder)).filter((name) => name.endsWith('.d.ts'));
  await Promise.all(
    declared.flatMap((name) => [
      copyFile(join(folder, name), join(dist, 'templates', name)),
      writeFile(join(dist, 'templates', name.replace(/\.d\.ts$/, '.js')), 'export {};\n'),
    ]),
  );
}

/**
 * The languages, as the modules have them, where the bundles look for them.
 *
 * @returns {Promise<string[]>} their files in `dist`
 */
async function writeLocales() {
  const modules = join(dist, 'element', localesFolder);
  const files = (await readdir(modules)).filter((file) => file.endsWith('.js'));
  await mkdir(join(dist, localesFolder));
  await Promise.all(files.map((file) => copyFile(join(modules, file), join(dist, localesFolder, file))));
  return files.sort().map((file) => `${localesFolder}/${file}`);
}

/** @param {import('./bundles.mjs').Bundle} bundle */
async function writeBundle(bundle) {
  const { code, inputs } = await makeBundle(bundle);
  const path = join(dist, bundle.file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  return inputs;
}

async function main() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  await writeModules();
  await writeTemplateTypes();
  const locales = await writeLocales();
  for (const { file } of [...Object.values(bundles), doctorBundle]) {
    // A bundle would silently overwrite a module of the same name.
    if (existsSync(join(dist, file))) throw new Error(`dist/${file} is both a module and a bundle: rename one.`);
  }
  const [module, iife, inspector, setup, callback, standIn, alone, peer, cli] = await Promise.all([
    writeBundle(bundles.module),
    writeBundle(bundles.iife),
    writeBundle(bundles.inspector),
    writeBundle(bundles.setup),
    writeBundle(bundles.callback),
    writeBundle(bundles.standIn),
    makeBundle(inspectorAlone),
    makeBundle(sizePeer),
    build(commandLine),
    writeBundle(doctorBundle),
    ...[callbackPage, setupPage].map(({ entry, file }) => copyFile(entry, join(dist, file))),
  ]);
  /** @type {[import('./bundles.mjs').Bundle, string][]} */
  const declared = [
    [bundles.module, declarations],
    [bundles.iife, declarations],
    [bundles.inspector, inspectorDeclarations],
    [bundles.setup, noDeclarations],
    [bundles.callback, noDeclarations],
    [bundles.standIn, noDeclarations],
  ];
  await Promise.all(declared.map(([{ file }, types]) => writeFile(join(dist, file.replace(/\.js$/, '.d.ts')), types)));
  const bundled = await packagesIn(
    [module, iife, inspector, setup, callback, standIn, cli.metafile.inputs].flatMap(Object.keys),
  );
  await writeFile(join(dist, licensesFile), licenseTexts(bundled));

  const files = [...Object.values(bundles), doctorBundle, callbackPage, setupPage].map(({ file }) => file);
  const contents = new Map(
    await Promise.all(files.map(async (file) => /** @type {const} */ ([file, await readFile(join(dist, file))]))),
  );
  const localeContents = await Promise.all(
    locales.map(async (file) => /** @type {const} */ ([file, await readFile(join(dist, file))])),
  );
  await writeFile(join(dist, integrityFile), integrityOf(new Map([...contents, ...localeContents])));
  const sizes = new Map([...contents].map(([file, content]) => [file, sizeOf(content)]));
  sizes.set(inspectorAlone.file, sizeOf(Buffer.from(alone.code)));
  printSizes(sizes);
  printParts(bundles.module.file, module);

  sizes.set(sizePeer.file, sizeOf(Buffer.from(peer.code)));
  printComparison(bundles.module.file, sizePeer.file, sizes);
  const problems = problemsOf({
    brotli: (file) => sizes.get(file)?.brotli ?? 0,
    text: (file) => String(contents.get(file)),
    callbackInputs: Object.keys(callback),
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

try {
  await main();
} catch (error) {
  console.error(`\nBuild failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
