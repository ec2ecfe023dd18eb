import { due, firstJwt, secondJwt, signedIn, refreshRefused } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { runRows } from '../support/harness-rules.js';

describe('re-authentication', () => {
  it('J9: is silent when the refresh token is invalid and the provider session is valid', () => {
    runRows(
      [
        ...refreshRefused,
        [due + 200, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [due + 600, inputs.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [due + 610, inputs.authenticating, 'reauthenticating exchange', []],
        [due + 900, inputs.authenticated(secondJwt), 'signed-in', ['token j2 sign-in', 'signed-in']],
      ],
      signedIn(),
    );
  });

  it('brings the new JWT also within the second in which the one before was issued', () => {
    runRows(
      [
        [100, inputs.reauthenticate(1), 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [150, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [300, inputs.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [
          600,
          inputs.authenticated({ ...firstJwt, jwt: 'same second' }),
          'signed-in',
          ['token same second sign-in', 'signed-in', 'resolve 1 same second'],
        ],
      ],
      signedIn(),
    );
  });

  it('J9: asks Messenger to call when it does not call by itself', () => {
    runRows(
      [
        ...refreshRefused,
        [due + 500, inputs.tick, 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [due + 600, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('J9: gets a code when Messenger still does not call', () => {
    runRows(
      [
        ...refreshRefused,
        [due + 500, inputs.tick, 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [due + 3500, inputs.tick, 'reauthenticating code silent', ['code silent']],
        [due + 3900, inputs.codeReceived('c1'), 'reauthenticating code-ready', ['Auth.getTokens']],
        [due + 4000, inputs.pluginCalled(1), 'reauthenticating exchange', ['answer 1 c1']],
        [due + 4400, inputs.authenticated(secondJwt), 'signed-in', ['token j2 sign-in', 'signed-in']],
      ],
      signedIn(),
    );
  });

  it('fails when Messenger never calls for the code', () => {
    runRows(
      [
        ...refreshRefused,
        [due + 500, inputs.tick, 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [due + 3500, inputs.tick, 'reauthenticating code silent', ['code silent']],
        [due + 3900, inputs.codeReceived('c1'), 'reauthenticating code-ready', ['Auth.getTokens']],
        [due + 8900, inputs.tick, 'failed reauthenticate-ignored', ['report reauthenticate-ignored']],
      ],
      signedIn(),
    );
  });

  it('gets a code for a call that arrived before the refresh was refused', () => {
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 50, inputs.pluginCalled(1, 'reAuthenticate'), 'renewing', []],
        [due + 100, inputs.commandRejected({ status: 401 }), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('J10: shows one prompt when the provider session has ended, too; a click settles the call once', () => {
    runRows(
      [
        ...refreshRefused,
        [due + 200, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [due + 600, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
        [due + 9000, inputs.signIn(1), 'reauthenticating code popup', ['code popup']],
        [due + 20_000, inputs.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [due + 20_010, inputs.authenticating, 'reauthenticating exchange', []],
        [due + 20_500, inputs.authenticated(secondJwt), 'signed-in', ['token j2 sign-in', 'signed-in', 'resolve 1 j2']],
      ],
      signedIn(),
    );
  });

  it('resolves reauthenticate()', () => {
    runRows(
      [
        [1000, inputs.reauthenticate(1), 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [1001, inputs.reauthenticate(2), 'reauthenticating awaiting-call', []],
        [1100, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, inputs.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [
          1800,
          inputs.authenticated(secondJwt),
          'signed-in',
          ['token j2 sign-in', 'signed-in', 'resolve 1 j2', 'resolve 2 j2'],
        ],
      ],
      signedIn(),
    );
  });

  it('rejects refresh() and reauthenticate() when a person must act', () => {
    runRows(
      [
        [1000, inputs.reauthenticate(1), 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [1050, inputs.refresh(2), 'reauthenticating awaiting-call', []],
        [1100, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [
          1400,
          inputs.codeFailed('login-required'),
          'interaction-required login-required',
          ['prepare', 'reject 1 login-required', 'reject 2 login-required'],
        ],
        [1500, inputs.refresh(3), 'interaction-required login-required', ['reject 3 login-required']],
        [1600, inputs.reauthenticate(4), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('reauthenticate() during a renewal gets a new code', () => {
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 10, inputs.reauthenticate(1), 'reauthenticating awaiting-call', ['Auth.reAuthenticate']],
        [due + 20, inputs.commandResolved, 'reauthenticating awaiting-call', []],
      ],
      signedIn(),
    );
  });
});
