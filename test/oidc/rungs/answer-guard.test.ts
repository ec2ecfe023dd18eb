import { expect } from '@open-wc/testing';
import { answerAt, answerIn } from '../../../src/oidc/rungs/answer-guard.js';
import type { ExpectedAnswer } from '../../../src/oidc/rungs/answer-guard.js';

const live: ExpectedAnswer = { source: window, origin: location.origin, state: 's1' };
const data = { type: 'gc-auth-messenger:answer', params: 'state=s1&code=c1' };

const message = (init: MessageEventInit): MessageEvent =>
  new MessageEvent('message', { source: window, origin: location.origin, data, ...init });

describe('the message guard', () => {
  it('reads the answer of the awaited window to the live request', () => {
    expect(answerIn(message({}), live)?.get('code')).to.equal('c1');
  });

  it('reads a channel, whose messages have no source, with null as source', () => {
    expect(answerIn(message({ source: null }), { ...live, source: null })?.get('code')).to.equal('c1');
  });

  it('reads a message without a version: a cached callback page of before sends it', () => {
    expect(answerIn(message({ data }), live)?.get('code')).to.equal('c1');
    expect(answerIn(message({ data: { ...data, version: 1 } }), live)?.get('code')).to.equal('c1');
  });

  for (const version of [0, 2, '1', null, {}]) {
    it(`refuses a message of version ${JSON.stringify(version)} with a reason, and never reads it`, () => {
      expect(() => answerIn(message({ data: { ...data, version } }), live)).to.throw('another version');
      expect(answerIn(message({ source: port, data: { ...data, version } }), live)).to.equal(undefined);
    });
  }

  it('takes an answer that its request will refuse: a repeated state, a JARM response', () => {
    for (const params of ['state=s1&state=s2&code=c1', 'state=s2&state=s1&code=c1', 'response=x.y.z']) {
      expect(String(answerIn(message({ data: { ...data, params } }), live))).to.equal(params);
    }
  });

  it('takes an error without state from the very window that was sent, and from nobody else', () => {
    const params = 'error=login_required&error_description=x';
    const from = (init: MessageEventInit, expected = live) =>
      answerIn(message({ data: { ...data, params }, ...init }), expected);
    expect(String(from({}))).to.equal(`${params}&state=s1`);
    expect(from({ source: port })).to.equal(undefined);
    expect(from({ origin: 'https://evil.example' })).to.equal(undefined);
    expect(from({ source: null }, { ...live, source: null })).to.equal(undefined);
    expect(from({ data: { ...data, params: `${params}&code=c1` } })).to.equal(undefined);
  });

  const port = new MessageChannel().port1;
  const foreign: ReadonlyArray<readonly [string, MessageEventInit]> = [
    ['another source', { source: port }],
    ['no source', { source: null }],
    ['another origin', { origin: 'https://evil.example' }],
    ['the origin of a sandboxed frame', { origin: 'null' }],
    ['an origin that only begins right', { origin: `${location.origin}.evil.example` }],
    ['another type', { data: { ...data, type: 'gc-auth-messenger:question' } }],
    ['no type', { data: { params: data.params } }],
    ['no params', { data: { type: data.type } }],
    ['params that are no text', { data: { ...data, params: { state: 's1' } } }],
    ['another state', { data: { ...data, params: 'state=s2&code=c1' } }],
    ['no state', { data: { ...data, params: 'code=c1' } }],
    ['the state in second place of another request', { data: { ...data, params: 'state=s2&state=s3&code=c1' } }],
    ['a JARM response beside another state', { data: { ...data, params: 'state=s2&response=x' } }],
    ['nothing at all', { data: null }],
    ['undefined', { data: undefined }],
    ['a bare text', { data: 'state=s1&code=c1' }],
    ['a number', { data: 1 }],
    ['a list', { data: [data] }],
  ];
  for (const [title, init] of foreign) {
    it(`ignores ${title}`, () => {
      expect(answerIn(message(init), live)).to.equal(undefined);
    });
  }

  it('waits through forgeries for the real answer, and takes one only', () => {
    const answers: (string | null)[] = [];
    let completed = false;
    answerAt(window, live).subscribe({
      next: (answer) => answers.push(answer.get('code')),
      complete: () => (completed = true),
    });
    for (const [, init] of foreign) window.dispatchEvent(message(init));
    expect(answers).to.deep.equal([]);
    window.dispatchEvent(message({}));
    window.dispatchEvent(message({ data: { ...data, params: 'state=s1&code=c2' } }));
    expect(answers).to.deep.equal(['c1']);
    expect(completed).to.equal(true);
  });
});
