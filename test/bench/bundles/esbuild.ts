import { build, version } from 'esbuild';

export interface Page {
  /** Its module. */
  readonly entry: string;
  /** The folder of the module. */
  readonly folder: string;
  /** Conditions of package exports, in addition to those that the bundler has by default. */
  readonly conditions: readonly string[];
}

export interface Bundler {
  readonly name: string;
  /**
   * Bundles and minifies for production, with the defaults of the bundler.
   *
   * @returns the files that the page loads at first, without those of `import()`
   */
  bundle(page: Page): Promise<string[]>;
}

export interface Chunk {
  readonly type: 'chunk';
  readonly fileName: string;
  readonly isEntry: boolean;
  /** Names of the chunks that it imports statically. */
  readonly imports: readonly string[];
  readonly code: string;
}

/** The chunk of the page, and all that it imports statically. */
export function atFirst(output: ReadonlyArray<Chunk | { readonly type: 'asset' }>): Chunk[] {
  const chunks = output.filter((one): one is Chunk => one.type === 'chunk');
  const loaded = new Set(chunks.filter(({ isEntry }) => isEntry));
  // The iteration includes what is added meanwhile.
  for (const { imports } of loaded) {
    for (const chunk of chunks.filter(({ fileName }) => imports.includes(fileName))) loaded.add(chunk);
  }
  return [...loaded];
}

export const withEsbuild: Bundler = {
  name: `esbuild ${version}`,
  async bundle({ entry, folder, conditions }) {
    const { metafile, outputFiles } = await build({
      entryPoints: [entry],
      outdir: folder,
      absWorkingDir: folder,
      bundle: true,
      minify: true,
      format: 'esm',
      splitting: true,
      legalComments: 'none',
      // A list replaces the default, `module`.
      conditions: ['module', ...conditions],
      metafile: true,
      write: false,
      logLevel: 'error',
    });
    const chunks = Object.entries(metafile.outputs).map(([fileName, { entryPoint, imports }], index) => ({
      type: 'chunk' as const,
      fileName,
      isEntry: entryPoint !== undefined && entry.endsWith(`/${entryPoint}`),
      imports: imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path),
      code: outputFiles[index]?.text ?? '',
    }));
    return atFirst(chunks).map(({ code }) => code);
  },
};
