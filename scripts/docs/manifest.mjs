import { readFile, writeFile } from 'node:fs/promises';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';

/** `npm run manifest` writes custom-elements.json from the sources; with `--check` it fails if the file is out of date. */

const file = 'custom-elements.json';

/** The manifest of the current sources. */
export async function analyze() {
  const argv = ['analyze', '--quiet', '--config', 'custom-elements-manifest.config.mjs'];
  return cli({ argv, cwd: process.cwd(), noWrite: true });
}

if (import.meta.filename === process.argv[1]) {
  const current = `${JSON.stringify(await analyze(), null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    await writeFile(file, current);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== current) {
    console.error(`${file} is out of date: npm run manifest`);
    process.exitCode = 1;
  }
}
