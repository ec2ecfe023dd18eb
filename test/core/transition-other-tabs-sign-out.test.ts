import { lifetime, renewInOtherTab, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { type Rules, runRows } from '../support/harness-rules.js';

describe('a sign-out with several tabs', () => {
  it('J15: a sign-out in another tab signs this tab out with the reason other-tab', () => {
    runRows(
      [
        [1000, inputs.tabMessage('signed-out'), 'signed-out other-tab', ['signed-out other-tab']],
        [1001, inputs.tabMessage('signed-out'), 'signed-out other-tab', []],
        [1002, inputs.loggedOut, 'signed-out other-tab', ['show messenger']],
        // After a sign-out, only a click signs in again.
        [1100, inputs.pluginCalled(1), 'signed-out other-tab', ['refuse 1 login-required']],
      ],
      signedIn(),
    );
  });

  it('J15: an open conversation is hidden until Messenger of this tab has deleted it', () => {
    runRows(
      [
        [900, inputs.messengerOpened, 'signed-in', []],
        [1000, inputs.tabMessage('signed-out'), 'signed-out other-tab', ['hide messenger', 'signed-out other-tab']],
        [1002, inputs.loggedOut, 'signed-out other-tab', ['show messenger']],
        [1003, inputs.loggedOut, 'signed-out other-tab', []],
      ],
      signedIn(),
    );
  });

  it('J15: a sign-out in this tab is published once, after Genesys has confirmed it', () => {
    runRows(
      [
        [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1200, inputs.commandResolved, 'signed-out user', ['share signed-out', 'signed-out user', 'resolve 1']],
        [1201, inputs.loggedOut, 'signed-out user', []],
      ],
      signedIn(),
    );
  });

  describe('J15: a sign-out in a tab that shows the prompt, while another tab is signed in', () => {
    const waiting = (at: number): Rules => {
      const rules = runRows([
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(false), 'loading first-call', []],
        [100, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [500, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      ]);
      return renewInOtherTab(rules, at);
    };

    it('signs out at Genesys', () => {
      runRows(
        [
          [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
          [
            1400,
            inputs.commandResolved,
            'signed-out user',
            ['share signed-out', 'signed-out user', 'refuse 1 login-required', 'resolve 1'],
          ],
        ],
        waiting(900),
      );
    });

    it('refreshes an expired JWT first', () => {
      runRows([[1000, inputs.signOut(1), 'signing-out refresh', ['Auth.refreshToken']]], waiting(-lifetime));
    });

    it('succeeds when Genesys answers that nobody is signed in', () => {
      runRows(
        [
          [1000, inputs.signOut(1), 'signing-out refresh', ['Auth.refreshToken']],
          [1300, inputs.commandRejected({ status: 401 }), 'signing-out logout', ['Auth.logout']],
          [
            1600,
            inputs.commandRejected({ status: 401 }),
            'signed-out user',
            ['signed-out user', 'refuse 1 login-required', 'resolve 1'],
          ],
        ],
        waiting(-lifetime),
      );
    });
  });
});
