/**
 * Genesys Cloud and a provider for tests with Playwright: the page runs as in production, with its frames, popups and its
 * callback page, and the network answers from memory.
 */
import type { ContextLike } from './driver.js';
import { startGenesysKit } from './kit.js';
import type { GenesysKit } from './kit.js';
import type { GenesysKitOptions } from './options.js';

export type { ContextLike, PageLike, RouteLike, SocketRouteLike } from './driver.js';
export { expectPrompt, expectSignedIn, expectState } from './expect.js';
export type { ExpectOptions } from './expect.js';
export { startGenesysKit } from './kit.js';
export type { GenesysKit } from './kit.js';
export type { GenesysKitOptions } from './options.js';
export type { KitRequest } from './requests.js';

/** A fixture for Playwright's `test.extend()`: a kit for the context of each test. */
export const genesysFixture =
  (options: GenesysKitOptions) =>
  // Playwright reads the names of other fixtures from the text of this function.
  async ({ context }: { context: ContextLike }, use: (kit: GenesysKit) => Promise<void>): Promise<void> => {
    await use(await startGenesysKit(context, options));
  };
