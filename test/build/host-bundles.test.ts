import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { atFirst, withEsbuild } from '../bench/bundles/esbuild.js';
import { bundlePage, hostFolder, pages, removeFolder, singleModule } from '../bench/bundles/measure.js';
import type { Bundle } from '../bench/bundles/measure.js';

/**
 * Largest share of the single module that a page adds with esbuild, which minifies less than terser does, and takes the ES5
 * build of RxJS by default. `npm run bench:bundles` has the other bundlers.
 */
const limits = { alone: 1.12, withLibraries: 0.95 };

/** In bytes after brotli: the class without the element. */
const errorBytes = 5_000;

describe('the package in the bundle of a host', () => {
  let folder: string;
  const bundles = {} as Record<keyof typeof pages | 'both', Bundle>;
  let single: number;
  before(async () => {
    folder = await hostFolder();
    single = await singleModule();
    for (const [name, code] of Object.entries({ ...pages, both: pages.libraries + pages.element })) {
      bundles[name as keyof typeof bundles] = await bundlePage(folder, withEsbuild, code);
    }
  });
  after(() => removeFolder(folder));

  const added = (page: Bundle, without: Bundle): number => (page.bytes - without.bytes) / single;

  it('adds about what the single module has', () => {
    const share = added(bundles.element, bundles.empty);
    assert.ok(share < limits.alone, `${share} of the single module`);
    assert.ok(share > 0.9, 'the element is in it');
  });

  it('uses Lit and RxJS of the page', () => {
    const { copiesOfLit, copiesOfRxjs } = bundles.both;
    assert.deepEqual([copiesOfLit, copiesOfRxjs], [1, 1]);
    const share = added(bundles.both, bundles.libraries);
    assert.ok(share < limits.withLibraries, `${share} of the single module`);
  });

  it('adds nothing by an import that is not used', () => assert.equal(bundles.unused.bytes, bundles.empty.bytes));

  it('adds little by the error class alone, without Lit and RxJS', () => {
    const { bytes, copiesOfLit, copiesOfRxjs } = bundles.error;
    assert.deepEqual([copiesOfLit, copiesOfRxjs], [0, 0]);
    assert.ok(bytes < errorBytes, `${bytes} bytes`);
  });

  it('counts a second copy of a library', async () => {
    const twice = `${pages.libraries} export * from './node_modules/gc-auth-messenger/dist/gc-auth-messenger.js';`;
    const { copiesOfLit, copiesOfRxjs } = await bundlePage(folder, withEsbuild, twice);
    assert.deepEqual([copiesOfLit, copiesOfRxjs], [2, 2]);
  });

  it('counts what the page imports statically, also through other chunks, and nothing of import()', () => {
    const chunk = (fileName: string, imports: string[] = [], isEntry = false) =>
      ({ type: 'chunk', fileName, isEntry, imports, code: fileName }) as const;
    const output = [chunk('page', ['a'], true), chunk('a', ['b']), chunk('b', ['a']), chunk('later', ['a'])];
    assert.deepEqual(
      atFirst([...output, { type: 'asset' }]).map(({ code }) => code),
      ['page', 'a', 'b'],
    );
  });
});
