/**
 * The bundles of the package, described once for `npm run build` and for the tests that need one of them fresh.
 *
 * @import { BuildOptions } from 'esbuild'
 */

import { minifiedCss } from './minified-css.mjs';
import { settledLibraries } from './settled-libraries.mjs';

/** Every browser with `:state()`, Web Locks and ElementInternals runs ES2022. */
const target = 'es2022';

/** RxJS resolves to its tree-shakable ES2015 build only by this condition (rxjs/package.json, "exports"). */
const conditions = ['es2015', 'production', 'module', 'browser'];

/** @type {BuildOptions} */
const common = { bundle: true, minify: true, target, conditions, legalComments: 'none', logLevel: 'error' };

const plugins = [settledLibraries, minifiedCss];

/**
 * Entry and output (both relative to the repository) of each bundle, with esbuild's options.
 *
 * @satisfies {Record<string, {entry: string, file: string, options: BuildOptions}>}
 */
export const bundles = {
  module: {
    entry: 'src/define.ts',
    file: 'gc-auth-messenger.js',
    // Modules are UTF-8 always (HTML, "fetch a single module script"); a classic script may be read as the page is.
    options: { ...common, format: 'esm', charset: 'utf8', sourcemap: true, plugins },
  },
  iife: {
    entry: 'src/define.ts',
    file: 'gc-auth-messenger.iife.js',
    options: { ...common, format: 'iife', sourcemap: true, plugins },
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
