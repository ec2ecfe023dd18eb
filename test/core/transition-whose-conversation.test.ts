import { expect } from '@open-wc/testing';
import { fingerprint, identityDigest } from '../../src/core/person-fingerprint.js';
import { snapshot } from '../../src/core/snapshot.js';
import { jwt, t0 } from '../support/fixtures.js';
import { due, firstJwt, lifetime, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows, textOf } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

/* The conversation is bound to what the page says of the person, and to the person of the JWT. */

const ada = fingerprint(firstJwt.claims, 0)!;
const bob = jwt('b1', lifetime, t0, 'bob');

/** Another page of the site had other values of `login-hint` and the like when the person signed in. */
function boundToOthers(): Rules {
  const rules = new Rules();
  rules.record = { person: ada, identity: identityDigest('other', ada) };
  return rules;
}

const asked: readonly Row[] = [
  [0, inputs.start, 'loading script', ['hide messenger', 'connect', 'warm']],
  [0, inputs.loaded, 'loading auth', ['ready']],
  [0, inputs.authReady(true), 'loading stored-jwt', []],
  [50, inputs.authenticated(firstJwt), 'signing-in awaiting-call', ['hide messenger', 'Auth.reAuthenticate']],
  [60, inputs.pluginCalled(1, 'reAuthenticate'), 'signing-in code silent', ['code silent']],
];

describe('a conversation that is bound to another configuration', () => {
  it('is hidden before Messenger is loaded, and a code is asked for', () => {
    const rules = runRows(asked, boundToOthers());
    expect(snapshot(rules.model).token).to.equal(undefined);
    runRows(
      [
        [400, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [
          900,
          inputs.authenticated(jwt('j2', lifetime, t0 + 900)),
          'signed-in',
          ['token j2 sign-in', 'show messenger', 'signed-in'],
        ],
      ],
      rules,
    );
    expect(rules.record.identity).to.equal(identityDigest('identity', ada));
  });

  it('stays hidden while the person cannot be asked', () => {
    const rules = runRows(asked, boundToOthers());
    rules.now = t0 + 400;
    rules.send(inputs.codeFailed('login-required'));
    expect(phaseOf(rules.model)).to.equal('interaction-required login-required');
    rules.send(inputs.authenticated(jwt('j2', lifetime, t0 + 400)));
    expect(rules.model.hidden).to.equal(true);
  });

  it('shows nothing of it when Messenger refreshes by itself meanwhile', () => {
    const rules = boundToOthers();
    runRows(asked.slice(0, 3), rules);
    rules.now = t0 + 300;
    rules.send(inputs.tick);
    expect(phaseOf(rules.model)).to.equal('renewing');
    expect(rules.send(inputs.authenticated(firstJwt)).map(textOf)).to.include('hide messenger');
    expect(rules.model.token).to.equal(undefined);
  });

  it('of somebody else is closed', () => {
    runRows(
      [
        [400, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [
          900,
          inputs.authenticated(bob),
          'signing-out logout',
          ['hide messenger', 'report person-changed', 'share person-changed', 'Auth.logout'],
        ],
      ],
      runRows(asked, boundToOthers()),
    );
  });

  const shown = /^(token|signed-in|show messenger|resolve)/;
  const waysToACode: readonly (readonly [when: string, rows: readonly Row[], phase: string])[] = [
    [
      'a sign-in that began while Messenger was loading',
      [[10, inputs.signIn(1), 'signing-in code popup', ['code popup']]],
      'signing-in code popup',
    ],
    [
      'the code of such a sign-in, which Messenger has not called for',
      [
        [10, inputs.signIn(1), 'signing-in code popup', ['code popup']],
        [20, inputs.codeReceived('c1'), 'signing-in code-ready', []],
      ],
      'signing-in code-ready',
    ],
    [
      'a plugin call before Auth.ready',
      [[10, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']]],
      'signing-in code silent',
    ],
  ];

  for (const [when, rows, phase] of waysToACode) {
    for (const [whose, person] of [
      ['the person of the JWT', ada],
      ['somebody else', fingerprint(bob.claims, 0)!],
    ] as const) {
      it(`stays hidden when Messenger reports its stored JWT during ${when}; the record names ${whose}`, () => {
        const rules = new Rules();
        rules.record = { person, identity: identityDigest('other', person) };
        runRows([...asked.slice(0, 1), ...rows, [30, inputs.loaded, phase, ['ready']]], rules);
        rules.now = t0 + 40;
        const words = [inputs.authReady(true), inputs.authenticated(firstJwt)].flatMap((input) =>
          rules.send(input).map(textOf),
        );
        expect(words.filter((word) => shown.test(word) || /logout|cancel|share/.test(word))).to.eql([]);
        expect(words).to.include('hide messenger');
        expect(phaseOf(rules.model)).to.equal(phase);
        expect(rules.record.person, 'not bound anew').to.equal(person);
      });
    }
  }

  it('is shown to the person whose code this page has exchanged meanwhile', () => {
    const rules = boundToOthers();
    runRows(
      [
        ...asked.slice(0, 1),
        [10, inputs.signIn(1), 'signing-in code popup', ['code popup']],
        [30, inputs.loaded, 'signing-in code popup', ['ready']],
        [40, inputs.authReady(true), 'signing-in code popup', []],
        [40, inputs.authenticated(firstJwt), 'signing-in code popup', ['hide messenger']],
        [5000, inputs.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
        [5010, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [
          5400,
          inputs.authenticated(jwt('j2', lifetime, t0 + 5000)),
          'signed-in',
          ['token j2 sign-in', 'show messenger', 'signed-in', 'resolve 1 j2'],
        ],
      ],
      rules,
    );
    expect(rules.record.identity).to.equal(identityDigest('identity', ada));
  });

  it('stays hidden when Messenger repeats the stored JWT while it exchanges the code', () => {
    const rules = runRows(
      [...asked, [400, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']]],
      boundToOthers(),
    );
    runRows(
      [
        [500, inputs.authenticated(firstJwt), 'signing-in exchange', ['hide messenger']],
        [600, inputs.authenticating, 'signing-in exchange', []],
        [700, inputs.authenticated(firstJwt), 'signing-in exchange', ['hide messenger']],
        [
          900,
          inputs.authenticated(bob),
          'signing-out logout',
          ['hide messenger', 'report person-changed', 'share person-changed', 'Auth.logout'],
        ],
      ],
      rules,
    );
  });

  it('is shown again when Messenger has nobody', () => {
    const rules = boundToOthers();
    runRows(asked.slice(0, 2), rules);
    expect(rules.send(inputs.authReady(false)).map(textOf)).to.include('show messenger');
  });

  it('is not assumed where nothing was bound', () => {
    const rules = new Rules();
    rules.record = { person: ada };
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect', 'warm']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(true), 'loading stored-jwt', []],
        [50, inputs.authenticated(firstJwt), 'signed-in', ['token j1 restored', 'signed-in']],
      ],
      rules,
    );
    expect(rules.record.identity).to.equal(identityDigest('identity', ada));
  });
});

describe('a record that says that the conversation is of somebody else', () => {
  const poisoned = (): Rules => {
    const rules = new Rules();
    rules.record = { person: fingerprint({ sub: 'eve' }, 0.5)! };
    return rules;
  };
  const askedAtLoad: readonly Row[] = [[0, inputs.start, 'loading script', ['connect', 'warm']], ...asked.slice(1)];

  it('revokes no session: a code decides', () => {
    const rules = runRows(
      [
        ...askedAtLoad,
        [400, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [
          900,
          inputs.authenticated(jwt('j2', lifetime, t0 + 900)),
          'signed-in',
          ['token j2 sign-in', 'show messenger', 'signed-in'],
        ],
      ],
      poisoned(),
    );
    expect(rules.record.person).to.equal(ada);
  });

  it('does not matter to a page that knows the person', () => {
    const rules = signedIn();
    rules.record = { ...rules.record, person: fingerprint({ sub: 'eve' }, 0.5)! };
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, inputs.authenticated(jwt('j2', lifetime, t0 + due)), 'signed-in', ['token j2 refresh']],
      ],
      rules,
    );
  });
});

describe('a change of person', () => {
  const changed = (): Rules => {
    const rules = signedIn();
    rules.now = t0 + 1000;
    rules.send(inputs.authenticated(bob));
    return rules;
  };

  it('shows nobody’s JWT until Genesys has confirmed the other person', () => {
    const rules = changed();
    expect(snapshot(rules.model).token).to.equal(undefined);
    rules.now = t0 + 7000;
    rules.send(inputs.tick);
    expect(phaseOf(rules.model)).to.equal('failed logout-failed');
    expect(snapshot(rules.model).token).to.equal(undefined);
  });

  it('is told to the other tabs at once, which hide Messenger', () => {
    const rules = changed();
    expect(rules.record, 'whose it is until Genesys has confirmed').to.include({ person: ada });
    expect(rules.record.expiresAt).to.equal(undefined);
    const other = signedIn();
    other.now = t0 + 1100;
    expect(other.send(inputs.tabMessage('person-changed')).map(textOf)).to.eql([
      'signed-out other-tab',
      'hide messenger',
    ]);
  });

  for (const [how, settle] of [
    ['late', inputs.loggedOut],
    ['when asked again', inputs.tick],
  ] as const) {
    it(`ends with the other person signed in when Genesys confirms ${how}`, () => {
      const rules = changed();
      rules.now = t0 + 7000;
      rules.send(inputs.tick);
      rules.now = t0 + 7000 + 120_000;
      rules.send(settle);
      if (phaseOf(rules.model).startsWith('signing-out')) rules.send(inputs.commandResolved);
      expect(phaseOf(rules.model)).to.equal('signing-in code silent');
      rules.send(inputs.codeReceived('c1'));
      rules.send(inputs.pluginCalled(5));
      expect(rules.send(inputs.authenticated({ ...bob, jwt: 'b2' })).map(textOf)).to.include('show messenger');
      expect(phaseOf(rules.model)).to.equal('signed-in');
    });
  }
});
