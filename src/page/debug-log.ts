/** Writes to the console if `debug` is set. Callers pass redacted values only: phases, reasons, error codes. */
export function createDebugLog(enabled: boolean): (line: string, detail?: unknown) => void {
  if (!enabled) return () => undefined;
  return (line, detail) => console.debug('[gc-auth-messenger]', line, detail === undefined ? '' : detail);
}
