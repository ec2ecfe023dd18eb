import type { GcAuthError } from '../core/errors.js';

/**
 * How far Messenger has loaded in this window: not started; the script is loading; the script ran, or is the page's own,
 * and published nothing yet; Messenger published an event, AuthProvider is not registered yet; both are there; or the
 * error that prevents it.
 */
export type LoadStage = 'none' | 'script-loading' | 'script-ran' | 'responding' | 'loaded' | GcAuthError;

/** A script that failed to load is tried again; a deployment that refuses the page is not. */
export const canRetry = (stage: LoadStage): boolean => typeof stage === 'object' && stage.retryable;
