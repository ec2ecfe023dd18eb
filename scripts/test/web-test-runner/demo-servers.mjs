import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { tsImport } from 'tsx/esm/api';
import { bundles, callbackPage } from '../../build/bundles.mjs';

/**
 * Web Test Runner plugin for the paths that unit tests request from their own origin:
 *
 * - `/test-env.json`: origins and settings of the demo's servers, which the first request starts
 * - `/callback.html`, `/callback.js`: the callback page, built from the current sources
 * - `/test-run.json`: how many random histories the session tests run, and their seed
 */

/** Override the number of histories and their seed. */
const { HISTORIES, HISTORY_SEED } = process.env;

/** @param {string} folder @param {import('../../build/bundles.mjs').Bundle} bundle */
const bundleInto = (folder, { entry, file, options }) =>
  build({ ...options, entryPoints: [entry], outfile: join(folder, file) });

/** @param {string} folder */
async function buildCallback(folder) {
  await Promise.all([
    bundleInto(folder, bundles.callback),
    copyFile(callbackPage.entry, join(folder, callbackPage.file)),
  ]);
}

/** @param {string} distDir @param {string} testOrigin */
async function startDemo(distDir, testOrigin) {
  await Promise.all([buildCallback(distDir), bundleInto(distDir, bundles.standIn)]);
  /** @type {typeof import('../../../demo/server/demo.js')} */
  const server = await tsImport('../../../demo/server/demo.ts', import.meta.url);
  return server.startDemo({ distDir, extraOrigins: [testOrigin], quiet: true });
}

/**
 * @import { TestRunnerConfig, TestRunnerPlugin as Plugin } from '@web/test-runner'
 * @param {string} testOrigin of the test runner; its redirect URIs are registered with the provider
 * @param {ReturnType<typeof import('../../engines/engines.mjs').engineOfThisRun>} run part of `/test-env.json`
 * @returns {Plugin & {middleware: NonNullable<TestRunnerConfig['middleware']>[number]}}
 */
export function demoServers(testOrigin, run) {
  const distDir = mkdtempSync(join(tmpdir(), 'gc-auth-messenger-parts-'));
  process.once('exit', () => rmSync(distDir, { recursive: true, force: true }));
  /** @type {Promise<void> | undefined} */
  let callback;
  /** @type {ReturnType<typeof startDemo> | undefined} */
  let demo;
  const runningDemo = () => (demo ??= startDemo(distDir, testOrigin));

  return {
    name: 'demo-servers',
    async serverStop() {
      const started = await demo?.catch(() => undefined);
      await started?.close();
    },
    middleware: async (context, next) => {
      if (context.path === '/test-run.json') {
        context.body = { histories: Number(HISTORIES ?? 4_000), seed: Number(HISTORY_SEED ?? 20_261_122) };
        return undefined;
      }
      if (context.path === '/test-env.json') {
        const { app, provider, crossSiteProvider, genesys } = await runningDemo();
        context.set('Cache-Control', 'no-store');
        context.body = {
          ...run,
          appOrigin: app.origin,
          providerOrigin: provider.origin,
          crossSiteProviderOrigin: crossSiteProvider.origin,
          genesysOrigin: genesys.origin,
          scriptUrl: genesys.scriptUrl,
          clientId: provider.clientId,
          deploymentId: genesys.deploymentId,
        };
      } else if (context.path === '/callback.html' || context.path === '/callback.js') {
        await (callback ??= buildCallback(distDir));
        context.set('Cache-Control', 'no-store');
        context.type = context.path.endsWith('html') ? 'html' : 'text/javascript';
        context.body = readFileSync(join(distDir, context.path));
      } else {
        await next();
      }
    },
  };
}
