import * as fc from 'fast-check';
import type { Config } from '../../src/core/config.js';
import { anyHistory } from '../support/simulation/history.js';

/*
 * Property-based tests: random histories of a browser. The simulation checks what must always hold: no code is used
 * twice, two attempts of a kind never run at once, no call settles twice, no prompt appears while everything works, no
 * loop, nobody sees the conversation of another person, no secret in the log. HISTORIES=20000 runs more histories,
 * HISTORY_SEED=1 different ones.
 */

interface Run {
  readonly histories: number;
  readonly seed: number;
}

const settings: ReadonlyArray<readonly [name: string, changes: Partial<Config>, share: number]> = [
  ['silent and popup', {}, 0.4],
  ['silent, popup and redirect', { signInModes: ['silent', 'popup', 'redirect'] }, 0.2],
  ['popup alone', { signInModes: ['popup'] }, 0.1],
  ['redirect alone', { signInModes: ['redirect'] }, 0.1],
  ['silent alone', { signInModes: ['silent'] }, 0.1],
  ['renew="on-demand"', { renew: 'on-demand' }, 0.1],
  ['renew="off"', { renew: 'off' }, 0.1],
  ['loading="interaction"', { loading: 'interaction' }, 0.1],
  ['codeProvider', { codeProvider: true }, 0.1],
];

describe('a session in a random history', () => {
  let run: Run;
  before(async () => {
    run = (await (await fetch('/test-run.json')).json()) as Run;
    console.info(`${run.histories} histories, seed ${run.seed}`);
  });

  for (const [name, changes, share] of settings) {
    it(`settles every call, uses no code twice and never loops: ${name}`, async function () {
      this.timeout(0);
      const numRuns = Math.ceil(run.histories * share);
      await fc.assert(anyHistory(changes), { numRuns, seed: run.seed, includeErrorInReport: true });
    });
  }
});
