import { createHash } from 'node:crypto';

/**
 * In `dist`: the hash of each file that a page loads with a tag, for its attribute `integrity`, and of each language, for
 * `integrity` of an import map.
 */
export const integrityFile = 'integrity.json';

/**
 * @param {ReadonlyMap<string, Uint8Array>} contents by file name
 * @see https://developer.mozilla.org/docs/Web/Security/Subresource_Integrity
 */
export function integrityOf(contents) {
  const scripts = [...contents].filter(([file]) => file.endsWith('.js') && !file.startsWith('testing/'));
  const hashes = scripts.map(([file, content]) => [
    file,
    `sha384-${createHash('sha384').update(content).digest('base64')}`,
  ]);
  return `${JSON.stringify(Object.fromEntries(hashes), undefined, 2)}\n`;
}
