/** Every delay and timeout of the stand-in, in milliseconds. */
export interface Timing {
  /** From `MessagingService.ready` to the restore of a stored conversation. Default: 200, as observed at Genesys. */
  restoreMs: number;
  /** First back-off before a lost socket is reopened; doubles with each failure. Default: 500. */
  reconnectMs: number;
  /** Upper limit of that back-off. Default: 8,000. */
  longestReconnectMs: number;
  /** Timeout for `AuthProvider.ready`, after which `Auth.authProviderError` is published. Default: 5,000. */
  authProviderMs: number;
  /** Throttle of `sendTyping`: a second call within this time sends nothing and never settles. Default: 5,000. */
  typingMs: number;
  /** From the "Re-authenticating…" alert to its button. Default: 10,000. */
  reAuthenticateButtonMs: number;
}

export const timingDefaults: Readonly<Timing> = Object.freeze({
  restoreMs: 200,
  reconnectMs: 500,
  longestReconnectMs: 8_000,
  authProviderMs: 5_000,
  typingMs: 5_000,
  reAuthenticateButtonMs: 10_000,
});

/**
 * `setTimeout` that is cleared when the stand-in stops.
 *
 * @returns clears the timer
 */
export function startTimer(
  { stopped }: { stopped: AbortSignal },
  milliseconds: number,
  callback: () => void,
): () => void {
  if (stopped.aborted) return () => undefined;
  const timer = setTimeout(() => {
    stopped.removeEventListener('abort', clear);
    callback();
  }, milliseconds);
  const clear = (): void => {
    stopped.removeEventListener('abort', clear);
    clearTimeout(timer);
  };
  stopped.addEventListener('abort', clear);
  return clear;
}
