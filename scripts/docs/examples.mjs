import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { withBlock } from './doc-block.mjs';

/** Files of `examples` in the documentation: `<!-- examples/react/src/chat.tsx:start -->`. */
export const examplesFile = 'docs/frameworks.md';

const fences = new Map(Object.entries({ '.mjs': 'js' }));

/** @param {string} page */
export async function withExamples(page) {
  let written = page;
  for (const [, file = ''] of page.matchAll(/<!-- (examples\/\S+):start -->/g)) {
    const language = fences.get(extname(file)) ?? extname(file).slice(1);
    const code = asOnASite(await readFile(file, 'utf8')).trim();
    written = await withBlock(written, file, `\`\`\`${language}\n${code}\n\`\`\``);
  }
  return written;
}

/** Examples use the servers of `npm start`, and with them another address of the Messenger script. */
const asOnASite = (/** @type {string} */ code) =>
  code
    .replace(/^.*\bscript-url=.*\n/gm, '')
    .replaceAll('http://localhost:8081', 'https://login.example.com')
    .replaceAll('http://localhost:5173', 'https://www.example.com');
