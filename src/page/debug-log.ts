import { redact, redactText } from '../core/redact.js';

/** Writes to the console if `debug` is set, without secrets. */
export function createDebugLog(enabled: boolean): (line: string, detail?: unknown) => void {
  if (!enabled) return () => undefined;
  return (line, detail) =>
    console.debug('[gc-auth-messenger]', redactText(line), detail === undefined ? '' : redact(detail));
}
