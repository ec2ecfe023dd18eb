import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} path */
export function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where programs of these names could be, by `PATH`, the first name first. @param {string[]} names */
export function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * What an environment variable names.
 *
 * @param {string} variable
 * @throws when it is set and names nothing that can be run
 */
export function fromEnvironment(variable) {
  const wanted = process.env[variable];
  if (wanted && !runnable(wanted)) throw new Error(`${variable} is set to ${wanted}, which cannot be run.`);
  return wanted || undefined;
}
