import { existsSync, readdirSync } from 'node:fs';

/**
 * Files below a folder of the repository, sorted, with forward slashes; none when it does not exist.
 *
 * @param {string} folder
 * @param {string} ending
 */
export function filesIn(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort();
}
