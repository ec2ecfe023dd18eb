import { expect } from '@open-wc/testing';
import { innerText } from '../../src/core/inner-text.js';

describe('a reason at the end of a sentence', () => {
  for (const [given, shown] of [
    ['No active conversation.', 'No active conversation'],
    ['  Not now!; ', 'Not now'],
    ['invalid_scope: a.b', 'invalid_scope: a.b'],
    ['cut …', 'cut …'],
    ['...', 'no reason given'],
    ['', 'no reason given'],
    [undefined, 'no reason given'],
  ] as const) {
    it(`is “${shown}” for ${JSON.stringify(given)}`, () => {
      expect(innerText(given)).to.equal(shown);
    });
  }
});
