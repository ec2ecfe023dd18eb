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

/** Paths that programs with these names would have in the folders of `PATH`, sorted by name first. @param {string[]} names */
export function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * The program that an environment variable names; undefined when it is not set.
 *
 * @param {string} variable
 * @throws when it names a file that cannot be run
 */
export function fromEnvironment(variable) {
  const wanted = process.env[variable];
  if (wanted && !runnable(wanted)) throw new Error(`${variable} is set to ${wanted}, which cannot be run.`);
  return wanted || undefined;
}
