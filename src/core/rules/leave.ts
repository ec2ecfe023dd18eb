import { GcAuthError } from '../errors.js';
import type { Refusal } from '../messenger.js';
import type { Circumstances, Model, Next, Phase, SignedOutReason } from '../model.js';
import { addCaller, command, enter, isLive, refuseAsks, rejectCallers, stay, then } from './moves.js';

const refreshMs = 4_000;
const logoutMs = 6_000;

/** A JWT with less life than this is refreshed first: revoking needs a live one. */
const marginMs = 2_000;

type SigningOut = Extract<Phase, { name: 'signing-out' }>;

/** Genesys first, because revoking needs its JWT; then the provider. */
export function signOutCalled(model: Model, caller: number, provider: boolean, c: Circumstances): Next {
  const { phase } = model;
  const waiting = addCaller(model, { id: caller, wants: 'sign-out' });
  if (phase.name === 'signing-out') {
    return enter(waiting, { ...phase, provider: phase.provider || provider }, model.why);
  }
  if (!model.token) return left(waiting, provider, 'user');
  return isLive(model, c.now, marginMs) ? logout(waiting, provider, false, c) : refreshFirst(waiting, provider, c);
}

const refreshFirst = (model: Model, provider: boolean, c: Circumstances): Next =>
  command(model, 'Auth.refreshToken', 'sign-out', (ticket) => ({
    name: 'signing-out',
    step: 'refresh',
    ticket,
    until: c.now + refreshMs,
    provider,
    refreshed: true,
  }));

const logout = (model: Model, provider: boolean, refreshed: boolean, c: Circumstances): Next =>
  command(model, 'Auth.logout', 'sign-out', (ticket) => ({
    name: 'signing-out',
    step: 'logout',
    ticket,
    until: c.now + logoutMs,
    provider,
    refreshed,
  }));

export function leaveSettled(model: Model, phase: SigningOut, refusal: Refusal | undefined, c: Circumstances): Next {
  if (phase.step === 'refresh') return logout(model, phase.provider, true, c);
  if (!refusal) return left(model, phase.provider, 'user');
  if (!phase.refreshed && refusal.status === 401) return refreshFirst(model, phase.provider, c);
  return notLeft(model, phase, refusal);
}

export const leaveOverdue = (model: Model, phase: SigningOut, c: Circumstances): Next =>
  phase.step === 'refresh' ? logout(model, phase.provider, true, c) : notLeft(model, phase, {});

/** Genesys did not confirm. The provider's session is ended all the same when that was asked for. */
function notLeft(model: Model, phase: SigningOut, { status, message }: Refusal): Next {
  const said = [status, message].filter(Boolean).join(' ').slice(0, 200);
  const error = new GcAuthError('logout-failed', {
    message: `Genesys did not confirm the sign-out${said ? ` (${said})` : ''}.`,
  });
  const back = enter(model, { name: 'signed-in', renewAt: undefined, failures: 0 }, 'logout-failed', {
    do: 'report',
    error,
  });
  return phase.provider ? then(back, endSession) : then(back, (next) => rejectCallers(next, error, 'sign-out'));
}

/** `Auth.loggedOut`: here, in another tab, on another device or by Genesys. */
export function loggedOut(model: Model): Next {
  const { phase } = model;
  if (phase.name === 'signing-out') return left(model, phase.provider, 'user');
  if (phase.name === 'signed-out' || phase.name === 'loading') return stay({ ...model, token: undefined });
  return model.token ? left(model, false, 'other-tab') : stay(model);
}

function left(model: Model, provider: boolean, reason: SignedOutReason): Next {
  const wasIn = model.token !== undefined || model.phase.name !== 'signed-out';
  const gone = enter({ ...model, token: undefined, trace: [] }, { name: 'signed-out', reason }, 'signed-out');
  const told = wasIn ? then(gone, (next) => stay(next, { do: 'signed-out', reason })) : gone;
  const required = new GcAuthError('login-required');
  const refused = then(
    then(told, (next) => refuseAsks(next, required)),
    (next) => rejectCallers(next, required, 'sign-in', 'refresh', 'reauthenticate'),
  );
  return then(refused, provider ? endSession : resolveSignOut);
}

const resolveSignOut = (model: Model): Next => [
  { ...model, callers: model.callers.filter(({ wants }) => wants !== 'sign-out') },
  model.callers.filter(({ wants }) => wants === 'sign-out').map(({ id }) => ({ do: 'resolve', caller: id, token: undefined })),
];

/** The navigation settles the callers: it may fail. */
const endSession = (model: Model): Next => [
  { ...model, callers: model.callers.filter(({ wants }) => wants !== 'sign-out') },
  model.callers.filter(({ wants }) => wants === 'sign-out').map(({ id }) => ({ do: 'end-session', caller: id })),
];
