import { jwt, t0 } from './fixtures.js';
import { lifetime, signedIn } from './fixtures-signed-in.js';
import * as inputs from './harness-rules-inputs.js';
import { runRows } from './harness-rules.js';
import type { Rules } from './harness-rules.js';

/** A JWT of another person than that of the other fixtures. */
export const bob = jwt('b1', lifetime, t0 + 1000, 'bob');

/** What follows a JWT of another person at once. */
export const replacementEffects = ['hide messenger', 'report person-changed', 'Auth.logout'];

/** Messenger shows Ada's conversation, and reports a JWT of Bob. */
export const personChanged = (): Rules =>
  runRows(
    [
      [500, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
      [800, inputs.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
      [900, inputs.authenticating, 'reauthenticating exchange', []],
      [1000, inputs.authenticated(bob), 'signing-out logout', replacementEffects],
    ],
    signedIn(),
  );
