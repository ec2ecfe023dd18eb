import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup, VERSION as rollupVersion } from 'rollup';
import { minify } from 'terser';
import { build as viteBuild, defaultClientConditions, version as viteVersion } from 'vite';
import webpack from 'webpack';
import { atFirst, withEsbuild } from './esbuild.js';
import type { Bundler, Chunk } from './esbuild.js';

const withRollup: Bundler = {
  name: `Rollup ${rollupVersion}, terser`,
  async bundle({ entry, conditions }) {
    const plugins = [nodeResolve({ browser: true, exportConditions: [...conditions] })];
    const bundle = await rollup({ input: entry, plugins, logLevel: 'silent' });
    const { output } = await bundle.generate({ format: 'es' });
    return Promise.all(atFirst(output).map(async ({ code }) => (await minify(code, { module: true })).code ?? ''));
  },
};

const withVite: Bundler = {
  name: `Vite ${viteVersion}`,
  async bundle({ entry, folder, conditions }) {
    const built = await viteBuild({
      root: folder,
      configFile: false,
      logLevel: 'error',
      resolve: { conditions: [...conditions, ...defaultClientConditions] },
      build: { rolldownOptions: { input: entry }, write: false },
    });
    const [{ output }] = [built].flat() as unknown as [{ output: Chunk[] }];
    return atFirst(output).map(({ code }) => code);
  },
};

const withWebpack: Bundler = {
  name: `webpack ${webpack.version}`,
  async bundle({ entry, folder, conditions }) {
    const path = join(folder, 'webpack');
    const compiler = webpack({
      mode: 'production',
      context: folder,
      entry,
      output: { path },
      resolve: { conditionNames: [...conditions, '...'] },
    });
    const stats = await new Promise<webpack.Stats>((resolve, reject) => {
      compiler.run((error, done) => (done ? resolve(done) : reject(error ?? new Error('webpack gave no stats'))));
    });
    await new Promise((resolve) => compiler.close(resolve));
    const { errors = [], entrypoints = {} } = stats.toJson({ all: false, errors: true, entrypoints: true });
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    const files = Object.values(entrypoints).flatMap(({ assets = [] }) => assets.map(({ name }) => name));
    return Promise.all(files.map((name) => readFile(join(path, name), 'utf8')));
  },
};

export const bundlers: readonly Bundler[] = [withEsbuild, withRollup, withVite, withWebpack];
