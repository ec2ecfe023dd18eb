import { expect } from '@open-wc/testing';
import type { Conditions } from '../../src/core/conditions.js';
import type { Effect } from '../../src/core/effect.js';
import { oneTimeValue } from '../../src/core/grant.js';
import type { Input } from '../../src/core/input.js';
import { initialModel, nextDue, publicState } from '../../src/core/model.js';
import type { Model } from '../../src/core/model.js';
import { runningOperationId } from '../../src/core/phase.js';
import type { SharedRecord } from '../../src/core/shared-record.js';
import { transition } from '../../src/core/transition.js';
import { configOf, t0 } from './fixtures.js';

/** An input, or a function for one that names a running operation. */
export type InputOrFactory = Input | ((rules: Rules) => Input);

/** An input at a time in milliseconds since `t0`, and what it leads to: the phase and the effects, as text. */
export type Row = readonly [at: number, input: InputOrFactory, phase: string, effects: readonly string[]];

/** Runs the rules with a settable clock. Checks what must hold in every test. */
export class Rules {
  model: Model = initialModel;
  /** Epoch ms. */
  now = t0;
  visible = true;
  online = true;
  random = 0;
  activated = false;
  popups = true;
  framesUnusable = false;
  crossSite = false;
  silentRedirect = false;
  record: SharedRecord = {};
  signOutAtLoad: number | undefined;
  /** The latest attempt. */
  codeOperationId = 0;
  /** The latest command or refresh. */
  commandOperationId = 0;
  frameTestOperationId = 0;
  readonly config: Conditions['config'];

  readonly #runningAttempts = new Set<number>();
  readonly #usedCodes = new Set<string>();
  readonly #settledCalls = new Set<number>();
  readonly #settledCallers = new Set<number>();

  constructor(config: Conditions['config'] = configOf()) {
    this.config = config;
  }

  get conditions(): Conditions {
    const { now, random, visible, online, activated, record, signOutAtLoad, config } = this;
    const { popups, framesUnusable, crossSite, silentRedirect } = this;
    const page = { visible, online, activated, popups, framesUnusable, crossSite, silentRedirect };
    return { now, random, ...page, record, signOutAtLoad, config };
  }

  /** Applies an input; returns the effects. Leaves out `cancel` for an operation that has ended. */
  send(inputOrFactory: InputOrFactory): readonly Effect[] {
    const input = typeof inputOrFactory === 'function' ? inputOrFactory(this) : inputOrFactory;
    const [model, all] = transition(this.model, input, this.conditions);
    this.model = model;
    if (input.type === 'code-received' || input.type === 'code-failed') this.#runningAttempts.delete(input.operationId);
    // A plugin call is not answered with a code that was used before.
    if (input.type === 'already-used') this.#settledCalls.delete(input.call.id);
    const effects = all.filter((effect) => effect.do !== 'cancel' || this.#runningAttempts.has(effect.operationId));
    for (const effect of effects) this.#record(effect);
    expect(this.#runningAttempts.size, 'running attempts').to.be.at.most(1);
    return effects;
  }

  /** When the next `tick` is due, milliseconds since `t0`. */
  get due(): number {
    return nextDue(this.model, this.visible) - t0;
  }

  /** Number of attempts that have neither ended nor been cancelled. */
  get runningAttempts(): number {
    return this.#runningAttempts.size;
  }

  #record(effect: Effect): void {
    switch (effect.do) {
      case 'code':
        this.codeOperationId = effect.operationId;
        return void this.#runningAttempts.add(effect.operationId);
      case 'command':
      case 'refresh':
        this.commandOperationId = effect.operationId;
        return;
      case 'test-frame':
        this.frameTestOperationId = effect.operationId;
        return;
      case 'remember-frames':
        this.framesUnusable = effect.framesUnusable;
        return;
      case 'share':
        this.record = effect.record;
        return;
      case 'cancel':
        return void this.#runningAttempts.delete(effect.operationId);
      case 'answer':
        expectFirst(this.#usedCodes, oneTimeValue(effect.grant), 'code');
        return expectFirst(this.#settledCalls, effect.call.id, 'plugin call');
      case 'refuse':
        return expectFirst(this.#settledCalls, effect.call.id, 'plugin call');
      case 'resolve':
      case 'reject':
      case 'end-session':
        return expectFirst(this.#settledCallers, effect.caller, 'caller');
      default:
    }
  }
}

function expectFirst<T>(previous: Set<T>, value: T, what: string): void {
  expect(previous.has(value), `${what} ${String(value)} settled before`).to.equal(false);
  previous.add(value);
}

/** State and phase as text: `loading script`, `signing-in code popup`, `interaction-required probe login-required`. */
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

/** An effect as text: `code silent`, `answer 1 c1`, `reject 2 login-required`. */
export function textOf(effect: Effect): string {
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
    case 'remember-redirect':
      return `remember ${effect.outcome}`;
    case 'remember-frames':
      return `remember frames ${effect.framesUnusable ? 'unusable' : 'usable'}`;
    case 'share':
      return `share ${effect.message ?? 'without message'}`;
    case 'hide-messenger':
      return effect.hidden ? 'hide messenger' : 'show messenger';
    case 'publish':
      return `publish ${effect.event}`;
    case 'resolve':
      return `resolve ${effect.caller}${effect.token ? ` ${effect.token.jwt}` : ''}`;
    case 'reject':
      return `reject ${effect.caller} ${effect.error.code}`;
    case 'attempt':
      return `attempt ${effect.attempt.rung} ${effect.attempt.verdict} ${effect.attempt.reason}`;
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

/** Effects as text, without the attempts that ended: only transition-attempts.test.ts is about them. */
export const textsOf = (effects: readonly Effect[]): string[] =>
  effects.filter(({ do: name }) => name !== 'attempt').map(textOf);

/** Effects that most tests are not about. A row without any of them does not check them. */
const optional = /^(share|hide|show|warm|test|attempt)\b/;

/** Applies the inputs of the rows in order, and checks phase and effects after each. Fails if a row skips a deadline. */
export function runRows(rows: readonly Row[], rules = new Rules()): Rules {
  rows.forEach(([at, input, phase, effects], index) => {
    const row = `row ${index + 1}, at ${at}`;
    expect(rules.due, `${row}: skips a deadline`).to.be.at.least(at);
    rules.now = t0 + at;
    const actual = rules
      .send(input)
      .map(textOf)
      .filter((text) => !optional.test(text) || effects.includes(text));
    expect({ phase: phaseOf(rules.model), effects: actual }, row).to.eql({ phase, effects });
  });
  return rules;
}
