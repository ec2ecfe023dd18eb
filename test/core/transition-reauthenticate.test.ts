import { due, second, signedIn, refused } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { tell } from '../support/harness-rules.js';

describe('the rules of re-authentication', () => {
  it('J9: a dead refresh token with a live provider session costs nobody a click', () => {
    tell(
      [
        ...refused,
        [due + 200, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [due + 600, say.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [due + 610, say.authenticating, 'reauthenticating exchange', []],
        [due + 900, say.authenticated(second), 'signed-in', ['token j2 sign-in', 'signed-in']],
      ],
      signedIn(),
    );
  });

  it('J9: tells Messenger to call when it does not by itself', () => {
    tell(
      [
        ...refused,
        [due + 500, say.tick, 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [due + 600, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('J9: fetches a code all the same when Messenger does not call then either', () => {
    tell(
      [
        ...refused,
        [due + 500, say.tick, 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [due + 3500, say.tick, 'reauthenticating code silent', ['code silent']],
        [due + 3900, say.codeReceived('c1'), 'reauthenticating code-ready', ['Auth.getTokens']],
        [due + 4000, say.pluginCalled(1), 'reauthenticating exchange', ['answer 1 c1']],
        [due + 4400, say.authenticated(second), 'signed-in', ['token j2 sign-in', 'signed-in']],
      ],
      signedIn(),
    );
  });

  it('gives up a code that Messenger never calls for', () => {
    tell(
      [
        ...refused,
        [due + 500, say.tick, 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [due + 3500, say.tick, 'reauthenticating code silent', ['code silent']],
        [due + 3900, say.codeReceived('c1'), 'reauthenticating code-ready', ['Auth.getTokens']],
        [due + 8900, say.tick, 'failed reauthenticate-ignored', ['report reauthenticate-ignored']],
      ],
      signedIn(),
    );
  });

  it('serves a call that was there when the refresh was refused', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 50, say.pluginCalled(1, 'reAuthenticate'), 'renewing', []],
        [due + 100, say.rejected({ status: 401 }), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('J10: with the provider session dead too, one prompt; a click settles the call once', () => {
    tell(
      [
        ...refused,
        [due + 200, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [due + 600, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
        [due + 9000, say.signIn(1), 'reauthenticating code popup', ['code popup']],
        [due + 20_000, say.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [due + 20_010, say.authenticating, 'reauthenticating exchange', []],
        [due + 20_500, say.authenticated(second), 'signed-in', ['token j2 sign-in', 'signed-in', 'resolve 1 j2']],
      ],
      signedIn(),
    );
  });

  it('tells the page what became of its reauthenticate()', () => {
    tell(
      [
        [1000, say.reauthenticate(1), 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [1001, say.reauthenticate(2), 'reauthenticating awaiting-call', []],
        [1100, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, say.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [
          1800,
          say.authenticated(second),
          'signed-in',
          ['token j2 sign-in', 'signed-in', 'resolve 1 j2', 'resolve 2 j2'],
        ],
      ],
      signedIn(),
    );
  });

  it('rejects what was to happen silently when a person must act', () => {
    tell(
      [
        [1000, say.reauthenticate(1), 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [1050, say.refresh(2), 'reauthenticating awaiting-call', []],
        [1100, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [
          1400,
          say.codeFailed('login-required'),
          'interaction-required login-required',
          ['prepare', 'reject 1 login-required', 'reject 2 login-required'],
        ],
        [1500, say.refresh(3), 'interaction-required login-required', ['reject 3 login-required']],
        [1600, say.reauthenticate(4), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('a reauthenticate() while it renews calls for a new code', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 10, say.reauthenticate(1), 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [due + 20, say.resolved, 'reauthenticating awaiting-call', []],
      ],
      signedIn(),
    );
  });
});
