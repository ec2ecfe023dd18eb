import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';

/**
 * `npm run manifest` writes custom-elements.json from the sources, and from that the data for editors; with `--check` it
 * fails if a file is out of date.
 */

const files = { manifest: 'custom-elements.json', vsCode: 'html-custom-data.json', webTypes: 'web-types.json' };

/** The manifest of the current sources. */
export async function analyze() {
  const argv = ['analyze', '--quiet', '--config', 'custom-elements-manifest.config.mjs'];
  return cli({ argv, cwd: process.cwd(), noWrite: true });
}

/** @param {unknown} value */
const text = (value) => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Data for VS Code and JetBrains. The generators write files only.
 *
 * @param {unknown} manifest
 * @returns {Promise<Array<[file: string, content: string]>>}
 */
async function editorData(manifest) {
  const outdir = await mkdtemp(join(tmpdir(), 'editor-data-'));
  try {
    const options = { outdir, hideLogs: true, hideMethodDocs: true };
    const copy = JSON.parse(JSON.stringify(manifest));
    generateVsCodeCustomElementData(copy, { ...options, htmlFileName: files.vsCode, cssFileName: null });
    generateJetBrainsWebTypes(copy, { ...options, webTypesFileName: files.webTypes, packageJson: false });
    return await Promise.all(
      [files.vsCode, files.webTypes].map(
        async (file) =>
          /** @type {[string, string]} */ ([file, text(JSON.parse(await readFile(join(outdir, file), 'utf8')))]),
      ),
    );
  } finally {
    await rm(outdir, { recursive: true });
  }
}

if (import.meta.filename === process.argv[1]) {
  const manifest = await analyze();
  const contents = new Map([[files.manifest, text(manifest)], ...(await editorData(manifest))]);
  for (const [file, content] of contents) {
    if (!process.argv.includes('--check')) {
      await writeFile(file, content);
    } else if ((await readFile(file, 'utf8').catch(() => '')) !== content) {
      console.error(`${file} is out of date: npm run manifest`);
      process.exitCode = 1;
    }
  }
}
