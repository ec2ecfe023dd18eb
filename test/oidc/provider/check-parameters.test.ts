import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../../src/core/errors.js';
import { checkParameters } from '../../../src/oidc/provider/check-parameters.js';

describe('the parameters of an answer', () => {
  const ways = ['code', 'state', 'iss', 'error'];

  for (const name of ways) {
    it(`are refused when ${name} occurs twice, and the message names it`, () => {
      expect(() => checkParameters([...ways, 'scope', name])).to.throw(GcAuthError, `more than one ${name}`);
    });
  }

  it('are refused when they are a JWT, with a hint', () => {
    for (const names of [['response'], ['response', 'state'], ['response', 'response']]) {
      expect(() => checkParameters(names)).to.throw(GcAuthError, 'JARM');
    }
  });

  it('may contain what has no meaning here more than once', () => {
    expect(() => checkParameters([...ways, 'scope', 'scope', 'session_state', 'session_state'])).not.to.throw();
    expect(() => checkParameters([])).not.to.throw();
  });
});
