import { answerUrl, askAgain, isErrorWithoutState, wholeAnswer, withoutAnswer } from './answer-url.js';
import type { AnswerUrl } from './answer-url.js';
import { frameMark } from './answer-message.js';
import { deliverAnswer, messageOf, postAnswer } from './deliver-answer.js';
import {
  carryBack,
  pendingRedirect,
  purgeRedirectRecords,
  redirectUriOf,
  takeRedirectRecord,
  withoutFragment,
} from './redirect-record.js';
import type { RedirectRecord } from './redirect-record.js';
import { whenActivated } from './when-activated.js';

/** An answer with which a redirect returned to this page, and what was stored of its request. */
export interface RedirectAnswer {
  readonly version: typeof answerVersion;
  readonly answer: URLSearchParams;
  readonly record: RedirectRecord;
  /** When the answer arrived in this window, in epoch ms. */
  readonly arrivedAt: number;
}

/** Changes when `RedirectAnswer` does. Copies of another version do not read each other's answers. */
const answerVersion = 1;

/** Longest time for which an answer is kept for another session, in milliseconds. */
const keptMs = 30_000;

const received = Symbol.for('gc-auth-messenger:answer');

/** On the window, so that a second copy of this bundle finds it; `true` in a window that only had to deliver an answer. */
interface Holder {
  [received]?: RedirectAnswer | { readonly version?: unknown } | true | undefined;
}

/**
 * Checks whether this page was opened with the provider's answer to a request of ours. Call it first: before a router
 * reads the address, and before the page starts what must not start in a hidden frame.
 *
 * A frame or popup delivers the answer, stops loading, and ends. A page to which a redirect returns keeps the answer in
 * memory, and gets back the address that it had. Every other page is left alone.
 *
 * @returns whether this window only had to deliver an answer: nothing may start in it
 */
export function interceptAnswer(win: Window & Holder): boolean {
  const found = answerUrl(win.location) ?? errorOfRedirect(win);
  if (!found && isOwnFrame(win)) return endInFrame(win);
  // On every page, also where no session starts yet, or codes come from elsewhere. Later, because storage opens slowly.
  if (!found) win.setTimeout(purgeRedirectRecords, 0, win);
  if (!found) return win[received] === true;
  const { target } = found;
  // A link with an answer that was meant for a frame opens an ordinary page.
  let ends = target !== 'r' && (target === 's') === isFramed(win);
  whenActivated(win.document, () => {
    if (ends) deliverAndEnd(win, found);
    else ends = receiveRedirect(win, found);
  });
  return ends;
}

/** Whether this page is in the hidden frame of a silent attempt. */
const isOwnFrame = ({ frameElement }: Window): boolean =>
  (Object(frameElement) as { readonly [frameMark]?: unknown })[frameMark] === true;

/** An error without a state, with which the latest redirect of this window came back to its redirect URI. */
function errorOfRedirect(win: Window): AnswerUrl | undefined {
  const { href, hash, search } = win.location;
  const answer = wholeAnswer(hash, search);
  if (!isErrorWithoutState(answer) || isFramed(win)) return undefined;
  const state = pendingRedirect(win);
  if (!state || pathOf(redirectUriOf(win, state)) !== pathOf(href)) return undefined;
  answer.set('state', state);
  const rest = [hash, search].reduce((url, part) => url.replace(part, withoutAnswer), href);
  return { target: 'r', state, answer, beside: '', rest };
}

/** Not by `parent`, which may be a global variable of the page. */
const isFramed = ({ top, window }: Window): boolean => top !== window;

/** Not `parent`, which may be a global variable of the page. The page that asked is of this origin. */
const postToParent = (win: Window, answer: URLSearchParams): void =>
  (win.frameElement?.ownerDocument.defaultView ?? win.parent).postMessage(messageOf(answer), win.location.origin);

const pathOf = (url: string | undefined): string | undefined => url?.replace(/[?#].*/s, '');

/** Nothing of ours starts in the hidden frame, whatever came back to it. An error without a state ends the page, too. */
function endInFrame(win: Window & Holder): true {
  const answer = wholeAnswer(win.location.hash, win.location.search);
  if (win[received] !== true && isErrorWithoutState(answer)) {
    win.stop();
    postToParent(win, answer);
  }
  return (win[received] = true);
}

/** The answer with which a redirect returned to this page, once unless it is given back. */
export function takeRedirectAnswer(win: Window & Holder): RedirectAnswer | undefined {
  // A page that defines the tag itself has not called it yet.
  interceptAnswer(win);
  const found = win[received];
  if (!isAnswer(found)) return undefined;
  win[received] = undefined;
  return found;
}

/** Keeps an answer for the next session of this page, for as long as a code is used at most. */
export function giveBackRedirectAnswer(win: Window & Holder, answer: RedirectAnswer): void {
  win[received] = answer;
  win.setTimeout(takeRedirectAnswer, keptMs, win);
}

const isAnswer = (value: Holder[typeof received]): value is RedirectAnswer =>
  (Object(value) as Partial<RedirectAnswer>).version === answerVersion;

function deliverAndEnd(win: Window & Holder, { answer, rest }: AnswerUrl): void {
  win[received] = true;
  replaceAddress(win, rest);
  win.stop();
  // Someone opened a link: without the answer it is an ordinary page.
  if (isFramed(win)) postToParent(win, answer);
  else deliverAnswer(win, answer, () => win.location.reload());
}

/** @returns whether the page is left again, for the one from which the redirect started */
function receiveRedirect(win: Window & Holder, found: AnswerUrl): boolean {
  let { answer: ours, beside, state } = found;
  const { rest } = found;
  if (found.target === 's' && !isFramed(win)) {
    // The provider has answered an earlier request, here or in a popup whose opener sends it on.
    postAnswer(win, ours);
    state = pendingRedirect(win) ?? '';
    ours = askAgain(state);
    beside = '';
  }
  const record = takeRedirectRecord(win, state);
  // Another query may be another page, so only the fragment can be restored without loading it.
  const here = !record || withoutFragment(record.data.returnTo) === withoutFragment(rest);
  replaceAddress(win, record && here ? record.data.returnTo : rest, record?.data.historyState);
  if (!record) return false;
  const { carried, arrivedAt = arrivalTime(win) } = record.data;
  // The page that was left has its own query; what the provider returned to has that of the redirect URI, and no more.
  const stray = beside && !carried && beside !== searchOf(record.redirectUri);
  const answer = stray ? wholeAnswer(`#${String(ours)}`, beside) : ours;
  if (here || carried) {
    win[received] = { version: answerVersion, answer, record, arrivedAt: Number(arrivedAt) };
    return false;
  }
  win[received] = true;
  win.stop();
  carryBack(win, record, answer, arrivedAt);
  return true;
}

/**
 * When this document was requested, and so when the answer in its address arrived, in epoch ms. Not the time origin: it
 * does not change when somebody sets the clock.
 */
const arrivalTime = ({ performance }: { readonly performance?: Partial<Performance> | null }): number =>
  // A page may have a global variable of that name.
  Date.now() - (performance?.now?.() ?? 0);

function searchOf(url: unknown): string | undefined {
  try {
    return new URL(String(url)).search;
  } catch {
    return undefined;
  }
}

/** Adds no history entry, and keeps what a router stores in this one. */
function replaceAddress({ history }: Window, url: string, state?: unknown): void {
  history.replaceState(state ?? history.state, '', url);
}
