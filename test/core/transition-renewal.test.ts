import { expect } from '@open-wc/testing';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { minute, life, due, first, signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, tell, wordsOf, Rules } from '../support/harness-rules.js';

const later = (name: string, at: number) => jwt(name, life, t0 + at);

describe('the rules of renewal', () => {
  it('J3: renews by itself before the JWT expires, once a lifetime', () => {
    const rules = signedIn();
    expect(rules.due).to.equal(due);
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, say.authenticated(later('j2', due)), 'signed-in', ['token j2 refresh']],
        [due + 301, say.resolved, 'signed-in', []],
      ],
      rules,
    );
    expect(rules.due).to.equal(due + 300 + due);
  });

  it('J3: takes a refresh that resolves before it is told of the JWT', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 200, say.resolved, 'renewing', []],
        [due + 300, say.authenticated(later('j2', due)), 'signed-in', ['token j2 refresh']],
      ],
      signedIn(),
    );
  });

  it('does nothing when it is woken before its time', () => {
    tell(
      [
        [due - 1, say.wake, 'signed-in', []],
        [due - 1, say.tick, 'signed-in', []],
      ],
      signedIn(),
    );
  });

  it('a hidden page renews when it is seen', () => {
    const rules = signedIn();
    rules.visible = false;
    expect(rules.due).to.equal(Infinity);
    tell([[life + minute, say.tick, 'signed-in', []]], rules);
    rules.visible = true;
    rules.now = t0 + life + minute;
    expect(rules.send(say.wake).map(wordsOf)).to.eql(['Auth.refreshToken']);
  });

  it('J4: notices that refreshing early brings the same JWT, and tries again after its expiry only', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, say.authenticated(first), 'signed-in', []],
        [due + 301, say.resolved, 'signed-in', []],
        [life + 500, say.tick, 'renewing', ['Auth.refreshToken']],
        [life + 800, say.authenticated(later('j2', life)), 'signed-in', ['token j2 refresh']],
        // It has learnt: one refresh a lifetime from now on.
        [life + 800 + life + 500, say.tick, 'renewing', ['Auth.refreshToken']],
      ],
      signedIn(),
    );
  });

  it('J4: notices it by exp, when the text of the JWT differs', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, say.authenticated({ ...first, jwt: 'j1-signed-again' }), 'signed-in', []],
        [life + 500, say.tick, 'renewing', ['Auth.refreshToken']],
      ],
      signedIn(),
    );
  });

  it('J4: notices it when Messenger resolves and says nothing', () => {
    const rules = signedIn();
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 1, say.refresh(1), 'renewing', []],
        [due + 300, say.resolved, 'renewing', []],
        [due + 1300, say.tick, 'signed-in', ['resolve 1 j1']],
        [life + 500, say.tick, 'renewing', ['Auth.refreshToken']],
      ],
      rules,
    );
  });

  it('J4: at most two refreshes a lifetime, whatever Messenger does with them', () => {
    for (const answers of [true, false]) {
      const rules = signedIn();
      let refreshes = 0;
      while (rules.due < life + 500 + minute && refreshes < 10) {
        rules.now = t0 + rules.due;
        if (rules.now >= t0 + life + 500) break;
        const done = rules.send(say.tick).map(wordsOf);
        if (!done.includes('Auth.refreshToken')) continue;
        refreshes++;
        rules.now += 100;
        if (answers) rules.send(say.authenticated(first));
        rules.send(say.resolved);
      }
      expect(refreshes).to.equal(1);
      expect(rules.due).to.equal(life + 500);
    }
  });

  it('serves a call that came while Messenger kept its JWT', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 100, say.pluginCalled(1), 'renewing', []],
        [due + 300, say.resolved, 'renewing', []],
        [due + 1300, say.tick, 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('serves a call that came while it renewed', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 100, say.pluginCalled(1), 'renewing', []],
        [
          due + 300,
          say.authenticated(later('j2', due)),
          'reauthenticating code silent',
          ['token j2 refresh', 'code silent'],
        ],
      ],
      signedIn(),
    );
  });

  it('shares one refresh among all who want one', () => {
    tell(
      [
        [1000, say.refresh(1), 'renewing', ['Auth.refreshToken']],
        [1001, say.refresh(2), 'renewing', []],
        [1002, say.signIn(3), 'renewing', ['resolve 3 j1']],
        [1400, say.authenticated(later('j2', 1000)), 'signed-in', ['token j2 refresh', 'resolve 1 j2', 'resolve 2 j2']],
      ],
      signedIn(),
    );
  });

  const faults: ReadonlyArray<readonly [string, { status?: number; message?: string }]> = [
    ['a network fault', { message: 'Network Error' }],
    ['a 503', { status: 503 }],
    ['a 429', { status: 429 }],
  ];
  for (const [name, failure] of faults) {
    it(`${name} signs nobody out: it is tried again, later each time`, () => {
      tell(
        [
          [due, say.tick, 'renewing', ['Auth.refreshToken']],
          [due + 100, say.rejected(failure), 'signed-in', []],
          [due + 4100, say.tick, 'renewing', ['Auth.refreshToken']],
          [due + 4200, say.rejected(failure), 'signed-in', []],
          [due + 12_200, say.tick, 'renewing', ['Auth.refreshToken']],
          [due + 12_300, say.authenticated(later('j2', due)), 'signed-in', ['token j2 refresh']],
        ],
        signedIn(),
      );
    });
  }

  it('a refresh that never settles is tried again', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 13_000, say.tick, 'signed-in', []],
        [due + 17_000, say.tick, 'renewing', ['Auth.refreshToken']],
      ],
      signedIn(),
    );
  });

  it('tells who called when the refresh failed for now', () => {
    tell(
      [
        [1000, say.refresh(1), 'renewing', ['Auth.refreshToken']],
        [1100, say.rejected({ status: 503 }), 'signed-in', ['reject 1 refresh-failed']],
      ],
      signedIn(),
    );
  });

  it('says offline when that is why, and goes on when the network is back', () => {
    const rules = signedIn();
    rules.online = false;
    tell(
      [
        [1000, say.refresh(1), 'renewing', ['Auth.refreshToken']],
        [1100, say.rejected({}), 'signed-in', ['reject 1 offline']],
      ],
      rules,
    );
    rules.now = t0 + 1200;
    expect(rules.send(say.wake).map(wordsOf)).to.eql([]);
    rules.online = true;
    expect(rules.send(say.wake).map(wordsOf)).to.eql(['Auth.refreshToken']);
  });

  it('keeps its patience with a dead JWT while it is offline', () => {
    const rules = signedIn();
    rules.online = false;
    rules.now = t0 + life + 500;
    for (let failures = 0; failures < 8; failures++) {
      rules.now = Math.max(rules.now, t0 + rules.due);
      expect(rules.send(say.tick).map(wordsOf)).to.eql(['Auth.refreshToken']);
      rules.send(say.rejected({}));
      expect(phaseOf(rules.model)).to.equal('renewing');
    }
    expect(rules.due - (rules.now - t0)).to.be.within(30_000, 60_000);
  });

  it('takes a new code when a dead JWT could not be refreshed four times', () => {
    const rules = signedIn();
    rules.visible = false;
    rules.now = t0 + life + 500;
    rules.visible = true;
    for (let failures = 0; failures < 4; failures++) {
      rules.now = Math.max(rules.now, t0 + rules.due);
      rules.send(say.tick);
      rules.send(say.rejected({ status: 503 }));
    }
    expect(phaseOf(rules.model)).to.equal('reauthenticating awaiting-call');
  });

  it('tries a new code at once for a call when the refresh fails for now', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 50, say.pluginCalled(1), 'renewing', []],
        [due + 100, say.rejected({ status: 503 }), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('makes the JWT live before a new socket is configured with it', () => {
    const rules = signedIn();
    rules.visible = false;
    tell(
      [
        [1000, say.reconnecting, 'signed-in', []],
        [life, say.reconnecting, 'renewing', ['Auth.refreshToken']],
        [life + 1, say.reconnecting, 'renewing', []],
      ],
      rules,
    );
  });

  it('refreshes no earlier than asked with renew="on-demand"', () => {
    const rules = signedIn(new Rules(configOf({ renew: 'on-demand' })));
    expect(rules.due).to.equal(Infinity);
    tell([[life + 1, say.reconnecting, 'renewing', ['Auth.refreshToken']]], rules);
  });

  it('leaves everything to Messenger with renew="off"', () => {
    const rules = signedIn(new Rules(configOf({ renew: 'off' })));
    expect(rules.due).to.equal(Infinity);
    tell(
      [
        [life + 1, say.reconnecting, 'signed-in', []],
        [life + 2, say.wake, 'signed-in', []],
      ],
      rules,
    );
  });

  for (const renew of ['on-demand', 'off'] as const) {
    it(`does not repeat a failed refresh() by itself with renew="${renew}"`, () => {
      const rules = signedIn(new Rules(configOf({ renew })));
      tell(
        [
          [1000, say.refresh(1), 'renewing', ['Auth.refreshToken']],
          [1100, say.rejected({ status: 503 }), 'signed-in', ['reject 1 refresh-failed']],
        ],
        rules,
      );
      expect(rules.due).to.equal(Infinity);
      expect(rules.send(say.wake)).to.eql([]);
    });
  }

  it('believes a JWT that Messenger renewed by itself', () => {
    const rules = tell(
      [[minute, say.authenticated(later('j2', minute)), 'signed-in', ['token j2 refresh']]],
      signedIn(),
    );
    expect(rules.due).to.equal(minute + due);
  });

  it('takes no notice of a JWT that it has', () => {
    tell([[minute, say.authenticated(first), 'signed-in', []]], signedIn());
  });
});

describe('the rules of renewal on a device whose clock is wrong', () => {
  const hour = 60 * minute;
  const restored = (rules: Rules, token: ReturnType<typeof jwt>): Rules =>
    tell(
      [
        [0, say.start, 'loading script', ['connect']],
        [0, say.loaded, 'loading auth', ['ready']],
        [0, say.authReady(true), 'loading stored-jwt', []],
        [0, say.authenticated(token), 'renewing', ['Auth.refreshToken']],
      ],
      rules,
    );

  for (const [name, token] of [
    ['an hour behind', jwt('old', life, t0 + hour)],
    ['an hour ahead', jwt('old', life, t0 - hour)],
    ['unknown to a JWT that cannot be read', { jwt: 'opaque', claims: {} }],
  ] as const) {
    it(`${name}: a stored JWT is refreshed once; where that brings the same, it has time again`, () => {
      const rules = restored(new Rules(), token);
      rules.now = t0 + 300;
      rules.send(say.authenticated(token));
      rules.send(say.resolved);
      expect(phaseOf(rules.model)).to.equal('signed-in');
      expect(rules.model.token?.expiresAt).to.be.above(t0 + minute);
      expect(rules.due).to.be.above(minute);
    });

    it(`${name}: a new JWT counts from its arrival`, () => {
      const rules = restored(new Rules(), token);
      const next = jwt('new', life, 'iat' in token.claims ? Number(token.claims.iat) * 1000 + hour : t0);
      rules.now = t0 + 300;
      rules.send(say.authenticated(next));
      expect(rules.model.token).to.include({ issuedAt: t0 + 300, expiresAt: t0 + 300 + life });
      expect(rules.due).to.equal(300 + due);
    });
  }
});
