/**
 * The bundles of the package, described once for `npm run build` and for the tests that need one of them fresh.
 *
 * @import { BuildOptions } from 'esbuild'
 */

/** Every browser with `:state()`, Web Locks and ElementInternals runs ES2022. */
const target = 'es2022';

/** RxJS resolves to its tree-shakable ES2015 build only by this condition (rxjs/package.json, "exports"). */
const conditions = ['es2015', 'production', 'module', 'browser'];

/** @type {BuildOptions} */
const common = { bundle: true, minify: true, target, conditions, legalComments: 'none', logLevel: 'error' };

/**
 * Entry and output (both relative to the repository) of each bundle, with esbuild's options.
 *
 * @satisfies {Record<string, {entry: string, file: string, options: BuildOptions}>}
 */
export const bundles = {
  module: {
    entry: 'src/define.ts',
    file: 'gc-auth-messenger.js',
    options: { ...common, format: 'esm', sourcemap: true },
  },
  iife: {
    entry: 'src/define.ts',
    file: 'gc-auth-messenger.iife.js',
    options: { ...common, format: 'iife', sourcemap: true },
  },
  // No source map: its trailing comment would be a sixth of the file.
  callback: { entry: 'src/oidc/callback.ts', file: 'callback.js', options: { ...common, format: 'iife' } },
  standIn: {
    entry: 'src/testing/genesys-stand-in.ts',
    file: 'testing/genesys-stand-in.js',
    options: { ...common, format: 'iife', sourcemap: true },
  },
};

export const callbackPage = { entry: 'src/oidc/callback.html', file: 'callback.html' };
