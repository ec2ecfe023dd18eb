import { bundles, callbackPage, inspectorAlone, sizePeer } from './bundles.mjs';

/**
 * Largest sizes: bytes after brotli, and the module's share of its peer's. The goal for the module is 44,000 bytes and
 * 0.80; with oidc-client-ts and RxJS as they are published it is above that, so the limit only keeps it from growing.
 */
export const limits = { module: 65_000, moduleToPeer: 1.23, callback: 1_500, inspectorAlone: 12_000 };

/** The callback page is loaded at every silent sign-in, so it is kept small. */
const notInCallback = /node_modules\/(lit|lit-html|lit-element|@lit|rxjs|oidc-client-ts)\//;

/**
 * What is wrong with a build, one sentence each; empty when it may be published.
 *
 * @param {{
 *   brotli: (file: string) => number,
 *   text: (file: string) => string,
 *   callbackInputs: string[],
 * }} built
 */
export function problemsOf({ brotli, text, callbackInputs }) {
  const { module, iife, inspector, setup, callback } = bundles;
  const elements = [module.file, iife.file, inspector.file, setup.file];
  const moduleBytes = brotli(module.file);
  const moduleToPeer = moduleBytes / brotli(sizePeer.file);
  const callbackBytes = brotli(callback.file) + brotli(callbackPage.file);
  const inspectorBytes = brotli(inspectorAlone.file);
  const libraries = callbackInputs.filter((input) => notInCallback.test(input));

  const problems = [];
  if (moduleBytes > limits.module) {
    problems.push(`${module.file} is ${moduleBytes} bytes brotli, the limit is ${limits.module}.`);
  }
  if (moduleToPeer > limits.moduleToPeer) {
    const times = moduleToPeer.toFixed(3);
    problems.push(`${module.file} is ${times} x ${sizePeer.entry}, the limit is ${limits.moduleToPeer}.`);
  }
  if (callbackBytes > limits.callback) {
    const files = `${callbackPage.file} and ${callback.file}`;
    problems.push(`${files} are ${callbackBytes} bytes brotli, the limit is ${limits.callback}.`);
  }
  if (inspectorBytes > limits.inspectorAlone) {
    problems.push(`${inspectorAlone.file} is ${inspectorBytes} bytes brotli, the limit is ${limits.inspectorAlone}.`);
  }
  if (libraries.length > 0) problems.push(`${callback.file} must not include ${libraries.join(', ')}.`);
  for (const file of elements) {
    // Bundlers drop a module that "sideEffects" of package.json does not list, also the one that defines the tag.
    if (!text(file).includes('gc-auth-messenger')) {
      problems.push(`${file} does not define the tag: see "sideEffects" in package.json.`);
    }
    if (/["'`]lit-html["'`]/.test(text(file))) {
      problems.push(`${file} creates Lit's own Trusted Types policy: see share-lit-policy.mjs.`);
    }
  }
  return problems;
}
