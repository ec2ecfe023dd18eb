import { existsSync, readdirSync } from 'node:fs';

/**
 * Paths of the files in a folder and its subfolders, sorted, with forward slashes. Empty when the folder does not exist.
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
