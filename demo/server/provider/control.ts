import type { LogEntry } from './log.js';
import type { ProviderSwitches } from './switches.js';
import type { TokenRequest } from './token-requests.js';

export interface ProviderControl {
  /** Answers so far, oldest first. */
  log(): LogEntry[];
  clearLog(): void;
  /** Requests of browsers to token, userinfo, introspection and revocation endpoints, oldest first. Expected: none. */
  tokenRequestsByBrowsers(): TokenRequest[];
  /** Ends the sessions of one account or of everybody. @returns how many ended */
  signOut(account?: string): number;
  switches(): ProviderSwitches;
  /** @throws {HttpError} 400 for an unknown switch or an invalid value */
  set(patch: Partial<ProviderSwitches>): ProviderSwitches;
}
