import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { oneTimeValue } from '../../src/core/grant.js';
import type { PluginCall, Jwt, MessengerFailure } from '../../src/core/messenger.js';
import { initialModel, nextDue, publicState } from '../../src/core/model.js';
import { runningOperationId } from '../../src/core/phase.js';
import type { Conditions } from '../../src/core/conditions.js';
import type { Effect } from '../../src/core/effect.js';
import type { Input } from '../../src/core/input.js';
import type { Model } from '../../src/core/model.js';
import type { TabMessageType, SharedRecord } from '../../src/core/shared-record.js';
import { transition } from '../../src/core/transition.js';
import { askOf, configOf, grantOf, t0 } from './fixtures.js';

/** An input, or one that names the attempt or the command that was begun last. */
export type Said = Input | ((rules: Rules) => Input);

/** Milliseconds since the beginning; what happens; the phase then; what is to be done, in words. */
export type Row = readonly [at: number, input: Said, phase: string, effects: readonly string[]];

/** The rules with a clock that is told the time. Watches what must hold in every story. */
export class Rules {
  model: Model = initialModel;
  now = t0;
  visible = true;
  online = true;
  random = 0;
  activated = false;
  popups = true;
  framesUnusable = false;
  record: SharedRecord = {};
  /** Tickets of the last attempt at a code, and of the last command. */
  codeTicket = 0;
  commandTicket = 0;
  testTicket = 0;
  readonly #live = new Set<number>();
  readonly #codes = new Set<string>();
  readonly #calls = new Set<number>();
  readonly #callers = new Set<number>();

  readonly config: Conditions['config'];

  constructor(config: Conditions['config'] = configOf()) {
    this.config = config;
  }

  /** What is to be done; to drop an attempt that has ended is nothing. */
  send(said: Said): readonly Effect[] {
    const input = typeof said === 'function' ? said(this) : said;
    const { now, random, visible, online, activated, popups, framesUnusable, record, config } = this;
    const circumstances = { now, random, visible, online, activated, popups, framesUnusable, record, config };
    const [model, effects] = transition(this.model, input, circumstances);
    this.model = model;
    if (input.type === 'code-received' || input.type === 'code-failed') this.#live.delete(input.operationId);
    // A call whose code turned out to be spent was never answered.
    if (input.type === 'already-used') this.#calls.delete(input.call.id);
    const done = effects.filter((effect) => effect.do !== 'cancel' || this.#live.has(effect.operationId));
    for (const effect of done) this.#watch(effect);
    expect(this.#live.size, 'live attempts').to.be.at.most(1);
    return done;
  }

  /** When the next `tick` is due, ms since the beginning. */
  get due(): number {
    return nextDue(this.model, this.visible) - t0;
  }

  /** Attempts at a code that neither ended nor were dropped. */
  get live(): number {
    return this.#live.size;
  }

  #watch(effect: Effect): void {
    switch (effect.do) {
      case 'code':
        this.codeTicket = effect.operationId;
        return void this.#live.add(effect.operationId);
      case 'command':
      case 'refresh':
        this.commandTicket = effect.operationId;
        return;
      case 'test-frame':
        this.testTicket = effect.operationId;
        return;
      case 'remember-frames':
        this.framesUnusable = effect.framesUnusable;
        return;
      case 'share':
        this.record = effect.record;
        return;
      case 'cancel':
        return void this.#live.delete(effect.operationId);
      case 'answer':
        once(this.#codes, oneTimeValue(effect.grant), 'code');
        return once(this.#calls, effect.call.id, 'ask');
      case 'refuse':
        return once(this.#calls, effect.call.id, 'ask');
      case 'resolve':
      case 'reject':
      case 'end-session':
        return once(this.#callers, effect.caller, 'caller');
      default:
    }
  }
}

function once<T>(seen: Set<T>, value: T, what: string): void {
  expect(seen.has(value), `${what} ${String(value)} settled before`).to.equal(false);
  seen.add(value);
}

/** The state with its stop: `loading script`, `signing-in code popup`, `interaction-required probe login-required`. */
export function phaseOf(model: Model): string {
  const { phase } = model;
  const words: string[] = [phase.name === 'signing-out' ? phase.name : publicState(model)];
  if (phase.name !== words[0]) words.push(phase.name);
  if ('step' in phase) words.push(phase.step);
  if (phase.name === 'code') words.push(phase.rung);
  if (phase.name === 'interaction-required' && runningOperationId(phase) !== undefined) words.push('probe');
  if ('error' in phase) words.push(phase.error.code);
  if (phase.name === 'signed-out' && phase.reason) words.push(phase.reason);
  return words.join(' ');
}

export function wordsOf(effect: Effect): string {
  switch (effect.do) {
    case 'code':
      return `code ${effect.rung}`;
    case 'answer':
      return `answer ${effect.call.id} ${oneTimeValue(effect.grant)}`;
    case 'refuse':
      return `refuse ${effect.call.id} ${effect.error.code}`;
    case 'command':
      return effect.name;
    case 'refresh':
      return 'Auth.refreshToken';
    case 'remember-frames':
      return `learn ${effect.framesUnusable ? 'useless' : 'useful'}`;
    case 'share':
      return `share ${effect.message ?? 'nothing new'}`;
    case 'hide-messenger':
      return effect.hidden ? 'hide messenger' : 'show messenger';
    case 'publish':
      return `publish ${effect.event}`;
    case 'resolve':
      return `resolve ${effect.caller}${effect.token ? ` ${effect.token.jwt}` : ''}`;
    case 'reject':
      return `reject ${effect.caller} ${effect.error.code}`;
    case 'report':
      return `report ${effect.error.code}`;
    case 'token':
      return `token ${effect.token.jwt} ${effect.token.source}`;
    case 'signed-out':
      return `signed-out ${effect.reason}`;
    case 'end-session':
      return `end-session ${effect.caller}`;
    default:
      return effect.do;
  }
}

/** Book-keeping: a row that names none says nothing of it. */
const quiet = /^(share|hide|show|warm|test)\b/;

/** Tells a story row by row. A deadline that a row would jump over is a mistake of the story. */
export function tell(rows: readonly Row[], rules = new Rules()): Rules {
  rows.forEach(([at, input, phase, effects], index) => {
    const row = `row ${index + 1}, at ${at}`;
    expect(rules.due, `${row}: a deadline was jumped over`).to.be.at.least(at);
    rules.now = t0 + at;
    const told = rules.send(input).map(wordsOf);
    const done = told.filter((words) => !quiet.test(words) || effects.includes(words));
    expect({ phase: phaseOf(rules.model), effects: done }, row).to.eql({ phase, effects });
  });
  return rules;
}

export const start: Input = { type: 'start', loopEntries: [], blocked: false };
export const loaded: Input = { type: 'loaded', allowSessionUpgrade: false };
export const loadedForStepUp: Input = { type: 'loaded', allowSessionUpgrade: true };
export const authReady = (authenticated: boolean): Input => ({ type: 'auth-ready', authenticated });
export const pluginCalled = (id: number, command?: PluginCall['command']): Input => ({
  type: 'plugin-called',
  call: askOf(id, command),
});
export const authenticating: Input = { type: 'authenticating' };
export const authenticated = (token: Jwt): Input => ({ type: 'authenticated', token });
export const authError = (failure: MessengerFailure = {}, event = 'Auth.error'): Input => ({
  type: 'auth-error',
  event,
  failure,
});
export const loggedOut: Input = { type: 'logged-out' };
export const reconnecting: Input = { type: 'reconnecting' };
export const tick: Input = { type: 'tick' };
export const wake: Input = { type: 'wake', reason: 'visibilitychange' };
export const dismiss: Input = { type: 'dismiss' };
export const retry: Input = { type: 'retry' };
export const spent = (id: number): Input => ({ type: 'already-used', call: askOf(id) });
export const signIn = (caller: number): Input => ({ type: 'sign-in', caller });
export const refresh = (caller: number): Input => ({ type: 'refresh', caller });
export const reauthenticate = (caller: number): Input => ({ type: 'reauthenticate', caller });
export const signOut = (caller: number, provider = false): Input => ({ type: 'sign-out', caller, provider });
export const stepUp = (caller: number): Input => ({ type: 'step-up', caller });
export const message = (what: TabMessageType): Input => ({ type: 'tab-message', message: what });
export const renewedInOtherTab: Said = ({ commandTicket }) => ({
  type: 'renewed-in-other-tab',
  operationId: commandTicket,
});
export const opened: Input = { type: 'event', name: 'Messenger.opened', data: undefined };
export const closed: Input = { type: 'event', name: 'Messenger.closed', data: undefined };
export const pageShown: Input = { type: 'wake', reason: 'pageshow' };

/** This page was loaded with a redirect's answer: a code, or an error in its place. */
export const returned = (answer: string | GcAuthError, windowOpen = false): Input => ({
  type: 'returned',
  answer: typeof answer === 'string' ? { grant: grantOf(answer) } : { error: answer },
  windowOpen,
});

/** The frame that was only tested brought this. */
export const tested =
  (verdict: 'code' | ErrorCode): Said =>
  ({ testTicket }) => ({ type: 'frame-tested', operationId: testTicket, verdict });

export const startFailed = (error: GcAuthError): Input => ({ type: 'start-failed', error });

/** The attempt begun last brought a code. */
export const codeReceived =
  (code: string): Said =>
  ({ codeTicket }) => ({ type: 'code-received', operationId: codeTicket, grant: grantOf(code) });

/** The attempt begun last failed. */
export const codeFailed =
  (code: ErrorCode): Said =>
  ({ codeTicket }) => ({ type: 'code-failed', operationId: codeTicket, error: new GcAuthError(code) });

/** The command given last was settled. */
export const resolved: Said = ({ commandTicket }) => ({ type: 'command-settled', operationId: commandTicket });
export const rejected =
  (failure: MessengerFailure): Said =>
  ({ commandTicket }) => ({ type: 'command-settled', operationId: commandTicket, failure });
