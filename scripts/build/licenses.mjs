import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Licenses of the packages that are inside a bundle.
 *
 * @typedef {{name: string, version: string, license: string, texts: string[]}} Package `license`: SPDX expression;
 *   `texts`: its license and notice files
 */

const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const licenseFile = /^(licen[cs]e|notice)(\.|$)/i;

/** @param {string} folder @returns {Promise<Package>} */
async function readPackage(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => licenseFile.test(file)).sort();
  if (!license || files.length === 0) throw new Error(`${name} ${version} is bundled, but has no license text.`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return { name, version, license, texts: texts.map((text) => text.replaceAll('\r\n', '\n').trim()) };
}

/**
 * The packages of these modules, sorted by name.
 *
 * @param {Iterable<string>} inputs paths of modules, as esbuild's metafile has them
 * @throws when a package has no license text
 */
export async function packagesIn(inputs) {
  const folders = new Set();
  for (const input of inputs) folders.add(packageFolder.exec(input)?.[0]);
  folders.delete(undefined);
  const packages = await Promise.all([...folders].map(readPackage));
  return packages.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

export const licensesFile = 'third-party-licenses.txt';

/** The comment at the top of a bundle; empty without packages. @param {Package[]} packages */
export function bannerOf(packages) {
  if (packages.length === 0) return '';
  const list = packages.map(({ name, version, license }) => `${name} ${version} (${license})`).join(', ');
  return `/*! Includes ${list}. License texts: ${licensesFile} */`;
}

/** The content of `third-party-licenses.txt`. @param {Package[]} packages */
export const licenseTexts = (packages) =>
  packages
    .map(({ name, version, license, texts }) => `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
