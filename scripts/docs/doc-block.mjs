import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

/** Generated parts of the documentation: what stands between `<!-- name:start -->` and `<!-- name:end -->`. */

/** @param {string} name */
function pattern(name) {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(<!-- ${literal}:start -->)([\\s\\S]*?)(<!-- ${literal}:end -->)`);
}

/**
 * The page with that content between its markers, formatted like the rest.
 *
 * @param {string} page @param {string} name @param {string} content
 */
export async function withBlock(page, name, content) {
  if (!pattern(name).test(page))
    throw new Error(`No <!-- ${name}:start --> … <!-- ${name}:end --> for what is generated.`);
  const written = page.replace(pattern(name), (_, start, _before, end) => `${start}\n\n${content}\n\n${end}`);
  return format(written, { ...(await resolveConfig('README.md')), parser: 'markdown' });
}

/** @param {string} page @param {string} name */
export const blockOf = (page, name) => pattern(name).exec(page)?.[2]?.trim() ?? '';

/** @param {string} file @param {string} name @param {string} content */
export async function writeBlock(file, name, content) {
  await writeFile(file, await withBlock(await readFile(file, 'utf8'), name, content));
}
