import { GcAuthError } from '../errors.js';
import type { Circumstances, Model, Next, Phase } from '../model.js';
import { enter, fail, stay } from './moves.js';
import { renew, summon } from './renewal.js';

/** `Auth.ready` follows the script within this time. */
const authReadyMs = 10_000;

/** Messenger reports a stored JWT together with `Auth.ready`; one that it keeps to itself is asked for. */
const storedJwtMs = 300;

/** Messenger asks for the first code by itself at load, or only when opened; so long it is given the time. */
const firstAskMs = 1_000;

export const start = (model: Model): Next =>
  enter({ ...model, asks: [] }, { name: 'loading', step: 'script', until: undefined }, 'start', { do: 'connect' });

export function loaded(model: Model, allowSessionUpgrade: boolean, c: Circumstances): Next {
  const known = { ...model, allowSessionUpgrade };
  if (model.phase.name !== 'loading' || model.phase.step !== 'script') return stay(known, { do: 'ready' });
  const phase: Phase = { name: 'loading', step: 'auth', until: c.now + authReadyMs };
  return enter(known, phase, 'loaded', { do: 'ready' });
}

/** `Auth.ready`, with Messenger's own belief, which may rest on a JWT that expired long ago. */
export function authReady(model: Model, believed: boolean, c: Circumstances): Next {
  const { phase } = model;
  if (phase.name !== 'loading') return stay(model);
  const step = believed ? 'stored-jwt' : 'first-ask';
  return enter(model, { name: 'loading', step, until: c.now + (believed ? storedJwtMs : firstAskMs) }, 'auth-ready');
}

export function loadingOverdue(model: Model, phase: Extract<Phase, { name: 'loading' }>, c: Circumstances): Next {
  switch (phase.step) {
    case 'stored-jwt':
      return renew(model, 'unknown-jwt', c);
    case 'first-ask':
      return model.allowSessionUpgrade
        ? enter(model, { name: 'signed-out', reason: undefined }, 'anonymous')
        : summon(model, 'Auth.getTokens', 'first-ask', c);
    default:
      return fail(model, new GcAuthError('script-timeout', { message: 'Messenger’s Auth plugin did not become ready.' }));
  }
}
