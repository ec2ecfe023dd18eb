import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Bundler } from './esbuild.js';

/** What a page imports. Each also prints a word, so that no output is empty. */
export const pages = {
  empty: `console.log('page');`,
  element: `import 'gc-auth-messenger/define.js'; console.log('page');`,
  unused: `import { GcAuthError, GcAuthMessenger } from 'gc-auth-messenger'; console.log('page');`,
  error: `import { GcAuthError } from 'gc-auth-messenger'; console.log('page', (error) => error instanceof GcAuthError);`,
  libraries: `
    import { css, html, LitElement } from 'lit';
    import { BehaviorSubject, catchError, combineLatest, debounceTime, distinctUntilChanged, filter, fromEvent, map, merge, of,
      shareReplay, switchMap, timer } from 'rxjs';
    console.log('page', css, html, LitElement, BehaviorSubject, catchError, combineLatest, debounceTime, distinctUntilChanged,
      filter, fromEvent, map, merge, of, shareReplay, switchMap, timer);`,
} as const;

/** In each copy of the library once. */
const markers = { lit: /\.reactiveElementVersions\b/g, rxjs: /errors occurred during unsubscription/g };

export interface Bundle {
  /** Bytes after brotli. */
  readonly bytes: number;
  readonly copiesOfLit: number;
  readonly copiesOfRxjs: number;
}

/** A folder of a host in which this package, Lit and RxJS are installed. */
export async function hostFolder(): Promise<string> {
  // Bundlers report real paths.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'gc-auth-messenger-host-')));
  const modules = join(folder, 'node_modules');
  await mkdir(modules);
  await symlink(resolve('.'), join(modules, 'gc-auth-messenger'), 'junction');
  for (const name of ['lit', 'rxjs']) await symlink(resolve('node_modules', name), join(modules, name), 'junction');
  return folder;
}

/** Bundles a page of the host. */
export async function bundlePage(
  folder: string,
  { bundle }: Bundler,
  code: string,
  conditions: readonly string[] = [],
): Promise<Bundle> {
  const entry = join(folder, 'page.js');
  await writeFile(entry, code);
  const files = await bundle({ entry, folder, conditions });
  const copies = (marker: RegExp): number => files.join('\n').match(marker)?.length ?? 0;
  return { bytes: brotli(files), copiesOfLit: copies(markers.lit), copiesOfRxjs: copies(markers.rxjs) };
}

const brotli = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + brotliCompressSync(Buffer.from(file)).length, 0);

/** Size of the single module of the package, in bytes after brotli. */
export const singleModule = async (): Promise<number> => brotli([await readFile('dist/gc-auth-messenger.js', 'utf8')]);

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
