import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';
import type { PluginCall } from '../../src/core/messenger.js';
import { nextDue, publicState } from '../../src/core/model.js';
import { configOf, grantOf, jwt } from '../support/fixtures.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules } from '../support/harness-rules.js';
import type { InputOrFactory } from '../support/harness-rules.js';

const steps = 2_000;
const lifetime = 60_000;

/** Numbers 0…1 that are the same for the same seed (Numerical Recipes' generator). */
function numbers(seed: number): () => number {
  let last = seed;
  return () => (last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const faults: readonly ErrorCode[] = [
  'login-required',
  'silent-timeout',
  'popup-closed',
  'popup-blocked',
  'provider-error',
  'discovery-failed',
  'offline',
];
const refusals = [{}, { status: 401 }, { status: 503 }, { message: 'Network Error' }];

/** Sends random inputs, whether they are likely or not. */
class RandomInputs {
  readonly rules = new Rules(configOf());
  readonly #random: () => number;
  #last = 0;
  #answered: PluginCall | undefined;

  constructor(seed: number) {
    this.#random = numbers(seed);
    this.rules.send(inputs.start);
  }

  step(): void {
    const { rules } = this;
    rules.random = this.#random();
    rules.online = this.#random() < 0.9;
    rules.visible = this.#random() < 0.9;
    const due = nextDue(rules.model, true);
    const waits = due !== Infinity && this.#random() < 0.4;
    rules.now = waits ? Math.max(rules.now, due) : rules.now + Math.floor(this.#random() * 3_000);
    const effects = rules.send(waits ? inputs.tick : this.#input());
    for (const effect of effects) if (effect.do === 'answer') this.#answered = effect.call;
  }

  #one<T>(of: readonly T[]): T {
    return of[Math.floor(this.#random() * of.length)] as T;
  }

  #input(): InputOrFactory {
    const number = ++this.#last;
    const { now, codeOperationId, commandOperationId } = this.rules;
    const operationId = this.#random() < 0.8 ? codeOperationId : this.#one([codeOperationId - 1, codeOperationId + 1]);
    const command = this.#random() < 0.8 ? commandOperationId : commandOperationId - 1;
    const error = new GcAuthError(this.#one(faults));
    const answered = this.#answered;
    this.#answered = undefined;
    return this.#one<() => InputOrFactory>([
      () => inputs.loaded,
      () => inputs.loadedForStepUp,
      () => inputs.authReady(this.#random() < 0.5),
      () => inputs.pluginCalled(number, this.#one(['getAuthCode', 'reAuthenticate', 'signIn'])),
      () => inputs.pluginCalled(number),
      () => inputs.authenticating,
      () => inputs.authenticating,
      () => inputs.authenticated(jwt(`j${number}`, lifetime, Math.floor(now / 1000) * 1000)),
      () => inputs.authenticated(jwt('same', lifetime, now - lifetime)),
      () => inputs.authError(this.#one(refusals)),
      () => inputs.loggedOut,
      () => inputs.reconnecting,
      () => ({ type: 'code-received', operationId, grant: grantOf(`c${number}`) }),
      () => ({ type: 'code-received', operationId, grant: grantOf(`c${number}`) }),
      () => ({ type: 'code-failed', operationId, error }),
      () => (answered ? { type: 'already-used', call: answered } : inputs.tick),
      () => ({ type: 'command-settled', operationId: command }),
      () => ({ type: 'command-settled', operationId: command, failure: this.#one(refusals) }),
      () => inputs.signIn(number),
      () => inputs.refresh(number),
      () => inputs.reauthenticate(number),
      () => inputs.signOut(number, this.#random() < 0.5),
      () => inputs.dismiss,
      () => inputs.retry,
      () => inputs.tick,
      () => inputs.wake,
      () => inputs.startFailed(new GcAuthError('script-blocked')),
    ])();
  }
}

const rests = /^(signed-out|failed|interaction-required|loading script)/;

describe('random inputs', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    // `Rules` checks that nothing settles twice, no code is used twice, and at most one attempt runs.
    it(`cause no exception and no phase without a deadline (seed ${seed})`, () => {
      const random = new RandomInputs(seed);
      for (let step = 0; step < steps; step++) {
        random.step();
        const { model, runningAttempts } = random.rules;
        const phase = phaseOf(model);
        const unrenewed = model.phase.name === 'signed-in' && model.phase.dueAt === undefined;
        if (!rests.test(phase) && !unrenewed)
          expect(nextDue(model, true), `step ${step}: ${phase}`).to.be.below(Infinity);
        if (publicState(model) === 'signed-in') expect(model.token, `step ${step}: ${phase}`).to.exist;
        expect(runningAttempts, `step ${step}: attempts in ${phase}`).to.equal(
          / code | probe /.test(phase + ' ') ? 1 : 0,
        );
      }
    });

    it(`leave no caller waiting in a phase that is final (seed ${seed})`, () => {
      const random = new RandomInputs(seed);
      for (let step = 0; step < steps; step++) {
        random.step();
        const { model } = random.rules;
        const { name } = model.phase;
        const idle = name === 'signed-out' || name === 'failed' || (name === 'signed-in' && !model.phase.failures);
        const waiting = idle ? model.callers : [];
        expect(waiting, `step ${step}: callers in ${phaseOf(model)}`).to.eql([]);
      }
    });
  }
});
