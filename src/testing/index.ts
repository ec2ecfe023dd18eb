/**
 * A stand-in for Genesys Cloud Messenger in the browser, for tests of pages that integrate Messenger: with
 * `startTestKit` without a server; with `startStandIn` for a server or a `transport` that answers as Genesys Cloud does.
 */
export { startStandIn } from './stand-in.js';
export type { StandIn, StandInOptions } from './stand-in.js';
export type { Timing } from './timing.js';
export { timingDefaults } from './timing.js';
export type { SocketLike, Transport } from './transport.js';
export type { JournalEntry } from './journal.js';
export type { SnippetConfig } from './snippet.js';
export { browserDefaults, serverDefaults } from './switches.js';
export type { BrowserSwitches, ServerSwitches } from './switches.js';
export { signedIn, startTestKit } from './test-kit.js';
export type { TestKit, TestKitOptions } from './test-kit.js';
