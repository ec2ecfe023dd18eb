/**
 * The bundles of the package: entry, file in `dist` and options of each, for `npm run build` and for tests that need a
 * fresh one.
 *
 * @import { BuildOptions } from 'esbuild'
 * @typedef {object} Bundle
 * @property {string} entry relative to the repository, or a package
 * @property {string} file in `dist`
 * @property {BuildOptions} options
 * @property {boolean} [pagesOnly] does nothing, and throws nothing, on a server, which has no document; exports nothing
 */

import { besideBundle } from './beside-bundle.mjs';
import { collapseTemplates } from './collapse-templates.mjs';
import { minifyStyles } from './minify-styles.mjs';
import { nativeAsync } from './native-async.mjs';
import { shareLitPolicy } from './share-lit-policy.mjs';

/** Sources of the callback page. */
const callbackFolder = 'src/oidc/callback';

/** RxJS resolves to its tree-shakable ES2015 build only by the first one (rxjs/package.json, "exports"). */
export const conditions = ['es2015', 'production', 'module', 'browser'];

/** @satisfies {BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  // Every browser with `:state()`, Web Locks and ElementInternals runs ES2022.
  target: 'es2022',
  conditions,
  legalComments: 'eof',
  logLevel: 'error',
  plugins: [shareLitPolicy, nativeAsync, minifyStyles],
};

/** @type {BuildOptions} */
const asModule = {
  ...common,
  format: 'esm',
  plugins: [...common.plugins, besideBundle('module')],
};

/** @satisfies {Record<string, Bundle>} */
export const bundles = {
  module: {
    entry: 'src/define.ts',
    file: 'gc-auth-messenger.js',
    options: asModule,
    pagesOnly: true,
  },
  iife: {
    entry: 'src/mount.ts',
    file: 'gc-auth-messenger.iife.js',
    options: { ...common, format: 'iife', plugins: [...common.plugins, besideBundle('classic')] },
    pagesOnly: true,
  },
  // No source map: its trailing comment would be a sixth of the file.
  callback: { entry: `${callbackFolder}/callback.ts`, file: 'callback.js', options: { ...common, format: 'iife' } },
  inspector: {
    entry: 'src/inspector/define.ts',
    file: 'inspector.js',
    options: { ...common, format: 'esm', plugins: [...common.plugins, collapseTemplates] },
    pagesOnly: true,
  },
  setup: { entry: 'src/setup/define.ts', file: 'setup.js', options: asModule, pagesOnly: true },
  standIn: {
    entry: 'src/testing/genesys-stand-in.ts',
    file: 'testing/genesys-stand-in.js',
    options: { ...common, format: 'iife' },
  },
};

/**
 * The doctor, which a bundle fetches when `diagnose()` is called.
 *
 * @type {Bundle}
 */
export const doctorBundle = { entry: 'src/doctor/in-page.ts', file: 'doctor.js', options: asModule };

/**
 * The inspector without what the module has as well: Lit, and the redaction of texts. It is measured, never written.
 *
 * @type {Bundle}
 */
export const inspectorAlone = {
  ...bundles.inspector,
  file: 'inspector-alone.js',
  options: { ...bundles.inspector.options, external: ['lit', 'lit/*', '../core/*', '../page/*'] },
};

/** Folder of the languages, beside the bundles; their sources are beside the texts of the element. */
export const localesFolder = 'locales';

export const callbackPage = { entry: `${callbackFolder}/callback.html`, file: 'callback.html' };

/** The page that runs the bundle of the set-up. */
export const setupPage = { entry: 'src/setup/setup.html', file: 'setup.html' };

/**
 * The library that the size of the module is compared with. Built as the module is, never written.
 *
 * @type {Bundle}
 */
export const sizePeer = { entry: '@auth0/auth0-spa-js', file: 'auth0-spa-js.js', options: asModule };

/** The command line, one file for Node.js, with its libraries in it: a page needs none of them. @satisfies {BuildOptions} */
export const commandLine = {
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/cli.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  // package.json, "engines".
  target: 'node20.19',
  logLevel: 'error',
  metafile: true,
};
