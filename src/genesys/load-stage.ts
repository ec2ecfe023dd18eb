import type { GcAuthError } from '../core/errors.js';

/**
 * How far Messenger has loaded in this window: not started; the script is loading; the script ran, or is the page's own,
 * and published nothing yet; Messenger published an event, AuthProvider is not registered yet; both are there; or the
 * error that prevents it.
 */
export type LoadStage = 'none' | 'script-loading' | 'script-ran' | 'responding' | 'loaded' | GcAuthError;

/** Messenger has told something: that it is there, or why it does not serve this page. */
export const hasResponded = (stage: LoadStage): boolean =>
  stage === 'responding' || stage === 'loaded' || (typeof stage === 'object' && !stage.retryable);

/** A script that failed to load is tried again; a deployment that refuses the page is not. */
export const canRetry = (stage: LoadStage): boolean => typeof stage === 'object' && stage.retryable;
