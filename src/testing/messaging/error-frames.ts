import type { ServerFrame } from './frames.js';

/**
 * What to do after an error in response to a configure frame: sign in again, start a new session, retry later, or give
 * up.
 */
export type ConfigureError = 'authenticate' | 'new-session' | 'wait' | 'fatal';

const authenticationTexts = ['Session authentication failed', 'Try to authenticate again'];

/** 4006: session expired. 4007: session not found. 4017: a guest uses the token of an authenticated session. */
const sessionCodes = new Set([4006, 4007, 4017]);

export function classifyConfigureError({ class: kind, code, body }: ServerFrame): ConfigureError {
  if (kind === 'TooManyRequestsErrorMessage' || code === 429) return 'wait';
  if (code === 401) return 'authenticate';
  if (code === 403 && authenticationTexts.some((text) => String(body).startsWith(text))) return 'authenticate';
  return sessionCodes.has(code) ? 'new-session' : 'fatal';
}

/** Milliseconds; the frame has seconds. */
export function retryAfterMs({ body }: ServerFrame): number {
  return ((body as { retryAfter?: number } | null)?.retryAfter ?? 1) * 1_000;
}

export function isErrorFrame({ class: kind, code }: ServerFrame): boolean {
  return kind === 'TooManyRequestsErrorMessage' || (kind === 'string' && code >= 400);
}

/** Data of the event `MessagingService.error`. */
export function describeError(frame: ServerFrame): { error: ServerFrame & { errorKey: string } } {
  const errorKey = frame.code === 401 ? 'unauthorized' : frame.code === 403 ? 'forbidden' : 'generic';
  return { error: { ...frame, errorKey } };
}
