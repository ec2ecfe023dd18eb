/**
 * A stand-in for Genesys Cloud Messenger in the browser, for tests of pages that integrate Messenger. It needs a
 * server that implements Genesys Cloud's public API, or a `transport` that answers in its place.
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
