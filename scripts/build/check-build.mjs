import { bundles, callbackPage } from './bundles.mjs';

/** Largest size in bytes after brotli. */
export const budgets = { module: 33_000, callback: 1_500 };

/** The callback page is loaded on every silent sign-in and has to answer at once. */
const keptOutOfCallback = /node_modules\/(lit|lit-html|lit-element|@lit|rxjs|oidc-client-ts)\//;

/**
 * What is wrong with a build, one sentence each; empty when it may be shipped.
 *
 * @param {{
 *   brotli: (file: string) => number,
 *   text: (file: string) => string,
 *   callbackInputs: string[],
 * }} built
 */
export function faultsOf({ brotli, text, callbackInputs }) {
  const { module, iife, callback } = bundles;
  const callbackBytes = brotli(callback.file) + brotli(callbackPage.file);
  const intruders = callbackInputs.filter((input) => keptOutOfCallback.test(input));
  const untagged = [module.file, iife.file].filter((file) => !text(file).includes('gc-auth-messenger'));
  return [
    ...(brotli(module.file) > budgets.module
      ? [`${module.file} is ${brotli(module.file)} bytes brotli, allowed are ${budgets.module}.`]
      : []),
    ...(callbackBytes > budgets.callback
      ? [
          `${callbackPage.file} and ${callback.file} are ${callbackBytes} bytes brotli, allowed are ${budgets.callback}.`,
        ]
      : []),
    ...(intruders.length > 0 ? [`${callback.file} must not hold ${intruders.join(', ')}.`] : []),
    // A module missing in "sideEffects" of package.json is dropped by bundlers, definition of the tag included.
    ...untagged.map((file) => `${file} does not define the tag: see "sideEffects" in package.json.`),
  ];
}
