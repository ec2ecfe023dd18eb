import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';
import type { PluginCall } from '../../src/core/messenger.js';
import { nextDue, publicState } from '../../src/core/model.js';
import { configOf, grantOf, jwt } from '../support/fixtures.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, Rules } from '../support/harness-rules.js';
import type { Said } from '../support/harness-rules.js';

const steps = 2_000;
const life = 60_000;

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

/** Anything that may happen at any moment, likely or not. */
class World {
  readonly rules = new Rules(configOf());
  readonly #random: () => number;
  #last = 0;
  #answered: PluginCall | undefined;

  constructor(seed: number) {
    this.#random = numbers(seed);
    this.rules.send(say.start);
  }

  step(): void {
    const { rules } = this;
    rules.random = this.#random();
    rules.online = this.#random() < 0.9;
    rules.visible = this.#random() < 0.9;
    const due = nextDue(rules.model, true);
    const waits = due !== Infinity && this.#random() < 0.4;
    rules.now = waits ? Math.max(rules.now, due) : rules.now + Math.floor(this.#random() * 3_000);
    const effects = rules.send(waits ? say.tick : this.#input());
    for (const effect of effects) if (effect.do === 'answer') this.#answered = effect.call;
  }

  #one<T>(of: readonly T[]): T {
    return of[Math.floor(this.#random() * of.length)] as T;
  }

  #input(): Said {
    const number = ++this.#last;
    const { now, codeTicket, commandTicket } = this.rules;
    const operationId = this.#random() < 0.8 ? codeTicket : this.#one([codeTicket - 1, codeTicket + 1]);
    const command = this.#random() < 0.8 ? commandTicket : commandTicket - 1;
    const error = new GcAuthError(this.#one(faults));
    const answered = this.#answered;
    this.#answered = undefined;
    return this.#one<() => Said>([
      () => say.loaded,
      () => say.loadedForStepUp,
      () => say.authReady(this.#random() < 0.5),
      () => say.pluginCalled(number, this.#one(['getAuthCode', 'reAuthenticate', 'signIn'])),
      () => say.pluginCalled(number),
      () => say.authenticating,
      () => say.authenticating,
      () => say.authenticated(jwt(`j${number}`, life, Math.floor(now / 1000) * 1000)),
      () => say.authenticated(jwt('same', life, now - life)),
      () => say.authError(this.#one(refusals)),
      () => say.loggedOut,
      () => say.reconnecting,
      () => ({ type: 'code-received', operationId, grant: grantOf(`c${number}`) }),
      () => ({ type: 'code-received', operationId, grant: grantOf(`c${number}`) }),
      () => ({ type: 'code-failed', operationId, error }),
      () => (answered ? { type: 'already-used', call: answered } : say.tick),
      () => ({ type: 'command-settled', operationId: command }),
      () => ({ type: 'command-settled', operationId: command, failure: this.#one(refusals) }),
      () => say.signIn(number),
      () => say.refresh(number),
      () => say.reauthenticate(number),
      () => say.signOut(number, this.#random() < 0.5),
      () => say.dismiss,
      () => say.retry,
      () => say.tick,
      () => say.wake,
      () => say.startFailed(new GcAuthError('script-blocked')),
    ])();
  }
}

const rests = /^(signed-out|failed|interaction-required|loading script)/;

describe('the rules, whatever happens', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    // That nothing is settled twice, no code given twice and one attempt is live at most is watched in every story.
    it(`throw nothing, settle once, and always have a way on (seed ${seed})`, () => {
      const world = new World(seed);
      for (let step = 0; step < steps; step++) {
        world.step();
        const { model, live } = world.rules;
        const phase = phaseOf(model);
        const unrenewed = model.phase.name === 'signed-in' && model.phase.dueAt === undefined;
        if (!rests.test(phase) && !unrenewed)
          expect(nextDue(model, true), `step ${step}: ${phase}`).to.be.below(Infinity);
        if (publicState(model) === 'signed-in') expect(model.token, `step ${step}: ${phase}`).to.exist;
        expect(live, `step ${step}: attempts in ${phase}`).to.equal(/ code | probe /.test(phase + ' ') ? 1 : 0);
      }
    });

    it(`leave nobody waiting where nothing goes on (seed ${seed})`, () => {
      const world = new World(seed);
      for (let step = 0; step < steps; step++) {
        world.step();
        const { model } = world.rules;
        const { name } = model.phase;
        const idle = name === 'signed-out' || name === 'failed' || (name === 'signed-in' && !model.phase.failures);
        const waiting = idle ? model.callers : [];
        expect(waiting, `step ${step}: callers in ${phaseOf(model)}`).to.eql([]);
      }
    });
  }
});
