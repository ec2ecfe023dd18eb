import { expect } from '@open-wc/testing';
import type { MessengerFailure } from '../../src/core/messenger.js';
import { classifyFailure, readFailure } from '../../src/core/messenger-failure.js';

const notAuthenticated: MessengerFailure = { unauthorized: true, message: 'Not authenticated' };

const shapes: Array<[name: string, thrown: unknown, failure: MessengerFailure]> = [
  ['nothing', undefined, {}],
  ['null', null, {}],
  ['a number', 7, {}],
  ['a string', ' Not allowed. ', { message: 'Not allowed.' }],
  ['an empty string', ' ', {}],
  ['an error', new Error('Network Error'), { message: 'Network Error' }],
  [
    'an error body of Genesys',
    { message: 'Bad', code: 'unauthorized', status: 401, contextId: 'c-1' },
    { status: 401, message: 'Bad', contextId: 'c-1' },
  ],
  [
    'an axios error',
    Object.assign(new Error('Request failed with status code 401'), {
      code: 'ERR_BAD_REQUEST',
      response: { status: 401, statusText: 'Unauthorized', data: { message: 'no', contextId: 'c-2' } },
    }),
    { status: 401, message: 'Request failed with status code 401', contextId: 'c-2' },
  ],
  ['an axios answer', { status: 503, statusText: 'Busy', data: {} }, { status: 503, message: 'Busy' }],
  ['a status in text', { statusCode: '429' }, { status: 429 }],
  [
    'a code in the place of a status',
    { code: 403, error: 'Try to authenticate again' },
    { status: 403, message: 'Try to authenticate again' },
  ],
  ['a socket frame', { error: { code: 401, body: { message: 'expired' } } }, { status: 401, message: 'expired' }],
  ['a code of the socket', { code: 4017, body: 'cannot downgrade' }, {}],
  ['an error with a cause', new Error('outer', { cause: { status: 500 } }), { status: 500, message: 'outer' }],
  ['no answer', { status: 0, message: 'Network Error' }, { message: 'Network Error' }],
  ['nobody signed in, in Messenger’s words', { message: 'Not authenticated', code: 'unauthorized' }, notAuthenticated],
  ['nobody signed in, as an error', new Error('Not authenticated'), notAuthenticated],
  ['nobody signed in, as text', 'Not authenticated', notAuthenticated],
  ['no refresh token', { reason: 1, error: { code: 'unauthorized' } }, { unauthorized: true }],
  ['a network error with a code', { code: 'ERR_NETWORK', message: 'Network Error' }, { message: 'Network Error' }],
  [
    'a status, whatever its text',
    { status: 503, message: 'Not authenticated' },
    { status: 503, message: 'Not authenticated' },
  ],
  ['a secret in the text', 'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln', { message: 'token …' }],
];

describe('readFailure()', () => {
  for (const [name, thrown, failure] of shapes) {
    it(`reads ${name}`, () => expect(readFailure(thrown)).to.eql(failure));
  }

  it('never throws, and ends with circular values', () => {
    const cycle: Record<string, unknown> = {};
    cycle['error'] = cycle;
    const throwing = {
      get status(): never {
        throw new Error('getter');
      },
    };
    expect(readFailure(cycle)).to.eql({});
    expect(readFailure(throwing)).to.eql({});
    expect(readFailure({ message: 'x'.repeat(1_000) }).message).to.have.length(300);
  });
});

describe('classifyFailure()', () => {
  const cases: Array<[MessengerFailure, boolean, ReturnType<typeof classifyFailure>]> = [
    [{ status: 400 }, true, 'refused'],
    [{ status: 401 }, true, 'refused'],
    [{ status: 403 }, false, 'refused'],
    [{ unauthorized: true }, true, 'refused'],
    [{ unauthorized: true, message: 'Refresh token is not available' }, false, 'network'],
    [{ status: 404, message: 'network not found' }, true, 'refused'],
    [{ status: 408 }, true, 'temporary'],
    [{ status: 429 }, true, 'temporary'],
    [{ status: 500 }, true, 'temporary'],
    [{ status: 503 }, false, 'temporary'],
    [{ message: 'Network Error' }, true, 'network'],
    [{ message: 'Failed to fetch' }, true, 'network'],
    [{ message: 'timeout of 5000ms exceeded' }, true, 'network'],
    [{ message: 'The request timed out' }, true, 'network'],
    [{ message: 'invalid_grant' }, true, 'refused'],
    [{}, true, 'refused'],
    [{}, false, 'network'],
  ];
  for (const [failure, online, verdict] of cases) {
    it(`${JSON.stringify(failure)} ${online ? 'online' : 'offline'} is ${verdict}`, () => {
      expect(classifyFailure(failure, online)).to.equal(verdict);
    });
  }
});
