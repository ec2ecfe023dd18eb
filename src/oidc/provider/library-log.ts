import { Log } from 'oidc-client-ts';
import { redact, redactText } from '../../core/redact.js';

/** Identifiers of requests, which are parts of `state`, and anything else that is random enough to be a secret. */
const identifiers = /[0-9a-f]{32,}/gi;

const shown = (value: unknown): unknown =>
  typeof value === 'string' ? redactText(value).replace(identifiers, '…') : redact(value);

/** Passes what oidc-client-ts logs to the element's debug log, without secrets. The library has one log for a page. */
export function logLibrary(log: (line: string, detail?: unknown) => void): void {
  const write = (...args: unknown[]): void => {
    const [line, ...details] = args.map(shown);
    log(String(line), details.length > 1 ? details : details[0]);
  };
  Log.setLogger({ debug: write, info: write, warn: write, error: write });
  Log.setLevel(Log.DEBUG);
}
