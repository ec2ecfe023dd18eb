import { expect } from '@open-wc/testing';
import { t0 } from '../support/fixtures.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules } from '../support/harness-rules.js';

describe('a retry because the page is shown again', () => {
  it('does not empty the loop breaker: an error that comes and goes may be part of the loop', () => {
    const rules = new Rules();
    for (const input of [inputs.start, inputs.loaded, inputs.authReady(false), inputs.pluginCalled(1)])
      rules.send(input);
    // Too long for another attempt before the session stops.
    rules.now = t0 + 8_000;
    rules.send(inputs.codeFailed('discovery-failed'));
    expect(phaseOf(rules.model)).to.equal('failed discovery-failed');
    rules.now = t0 + 20_000;
    rules.send(inputs.wake);
    expect(rules.model.loopEntries).to.have.lengthOf(2);
  });

  it('empties it when a person presses the button', () => {
    const rules = new Rules();
    for (const input of [inputs.start, inputs.loaded, inputs.authReady(false), inputs.pluginCalled(1)])
      rules.send(input);
    // Too long for another attempt before the session stops.
    rules.now = t0 + 8_000;
    rules.send(inputs.codeFailed('discovery-failed'));
    rules.now = t0 + 20_000;
    rules.send(inputs.retry);
    expect(rules.model.loopEntries).to.have.lengthOf(1);
  });
});
