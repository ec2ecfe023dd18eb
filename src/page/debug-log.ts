/** The console, when `debug` is set. What comes here is redacted already: phases, reasons, codes of errors. */
export function createDebugLog(enabled: boolean): (line: string, detail?: unknown) => void {
  if (!enabled) return () => undefined;
  return (line, detail) => console.debug('[gc-auth-messenger]', line, detail === undefined ? '' : detail);
}
