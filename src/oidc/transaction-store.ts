import type { ExpectedIssuer, PendingRequest } from '../core/authorization-response.js';
import type { Kept } from '../session/ports.js';

/** What has to outlive a page that is left for the provider. The one place where a verifier is stored, until it is read. */
export interface Transaction extends PendingRequest {
  readonly expected: ExpectedIssuer;
  readonly kept: Kept;
  /** Address of the page that was left, with its own query and fragment. */
  readonly returnTo: string;
  /** Epoch ms. */
  readonly at: number;
  /** The request before this one was answered that a person is needed. */
  readonly second: boolean;
  /** The answer was brought from the redirect URI to `returnTo` already. */
  readonly carried?: true;
}

/** Key in session storage, which no other tab sees and which ends with this one. */
const key = 'gc-auth-messenger:redirects';

/** Longest time between leaving and coming back, in milliseconds. */
const ageLimitMs = 600_000;

/** Whoever goes back from the provider's page and leaves again leaves a record behind each time. */
const capacity = 5;

/** Whether the transaction will be found again; false where storage is blocked or full. Old ones are swept. */
export function keepTransaction(win: Window, transaction: Transaction): boolean {
  try {
    write(win, [transaction, ...read(win)].slice(0, capacity));
    return true;
  } catch {
    return false;
  }
}

/**
 * The transaction of a state, once; earlier ones were given up and go with it. `undefined` after Back, a reload, in
 * another tab, or too late.
 */
export function takeTransaction(win: Window, state: string | null): Transaction | undefined {
  const all = read(win);
  const found = all.find((one) => one.state === state);
  try {
    if (found)
      write(
        win,
        all.filter(({ at }) => at > found.at),
      );
  } catch {
    // Storage that can be read and not written: it forgets with the tab.
  }
  return found;
}

/**
 * Takes the answer from the redirect URI to the page that was left, once. In the fragment: unlike a query, it is sent to
 * no server, stands in no log and in no `Referer`, and this bundle takes it out again before the page's router looks.
 */
export function carryBack(win: Window, transaction: Transaction, answer: URLSearchParams): void {
  keepTransaction(win, { ...transaction, carried: true });
  win.location.replace(`${withoutFragment(transaction.returnTo)}#${String(answer)}`);
}

export const withoutFragment = (url: string): string => url.replace(/#.*/, '');

/** Those of this origin that are young enough; whatever else is there is not ours. */
function read(win: Window): readonly Transaction[] {
  try {
    const now = Date.now();
    return (JSON.parse(win.sessionStorage.getItem(key) ?? '[]') as Transaction[]).filter(
      ({ at, returnTo }) => Math.abs(now - at) < ageLimitMs && returnTo.startsWith(`${win.origin}/`),
    );
  } catch {
    return [];
  }
}

function write({ sessionStorage }: Window, transactions: readonly Transaction[]): void {
  if (transactions.length) sessionStorage.setItem(key, JSON.stringify(transactions));
  else sessionStorage.removeItem(key);
}
