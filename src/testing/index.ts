/**
 * A stand-in for Genesys Cloud Messenger in the browser, for tests of pages that use it. It needs a
 * server that speaks Genesys Cloud's public API, or a `transport` that plays one.
 */
export { startStandIn } from './stand-in.js';
export type { StandIn, StandInOptions } from './stand-in.js';
export type { SocketLike, Timing, Transport } from './environment.js';
export { timingDefaults } from './environment.js';
export type { JournalEntry } from './journal.js';
export type { SnippetConfig } from './snippet.js';
export { browserDefaults, serverDefaults } from './switches.js';
export type { BrowserSwitches, ServerSwitches } from './switches.js';
