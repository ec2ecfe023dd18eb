import { Subscription } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { asGcAuthError } from '../core/errors.js';
import { oneTimeValue } from '../core/grant.js';
import type { Effect, Input } from '../core/model.js';
import { readFailure } from '../core/messenger-failure.js';
import type { Ports } from './ports.js';

/** Longer than any deadline of the rules: for the commands that those do not wait for. */
const commandMs = 30_000;

/** A ledger that does not answer within this time, in milliseconds, knows the code: another is had at little cost. */
const ledgerMs = 1_000;

/**
 * Browsers keep a copy of local storage in each process. What one tab wrote is read in another within this time, in
 * milliseconds; measured: 5 ms in Chromium, where a lock is given on sooner.
 */
const lagMs = 100;

/** Effects that are done outside. */
export type PortEffect = Exclude<
  Effect,
  {
    do: 'ready' | 'signed-in' | 'signed-out' | 'token' | 'report' | 'resolve' | 'reject' | 'drop' | 'end-session';
  }
>;

/** The outside half of an effect. What comes back of it is told; the subscription undoes what can be undone. */
export function runEffect(
  effect: PortEffect,
  ports: Ports,
  scheduler: SchedulerLike,
  tell: (input: Input) => void,
): Subscription | void {
  const { messenger, code, ledger, tabs, persistence } = ports;
  switch (effect.do) {
    case 'connect':
      return messenger.connect().subscribe({
        next: tell,
        error: (thrown) => tell({ type: 'start-failed', error: asGcAuthError(thrown, 'script-blocked') }),
      });
    case 'code': {
      const { operationId, rung, reason, windowOpen } = effect;
      const error = (thrown: unknown): void =>
        tell({ type: 'code-failed', operationId, error: asGcAuthError(thrown, 'provider-error') });
      if (rung === 'redirect') return code.redirect({ windowOpen }).subscribe({ error });
      return code[rung](reason).subscribe({
        next: (grant) => tell({ type: 'code-received', operationId, grant }),
        error,
      });
    }
    case 'test': {
      const { operationId } = effect;
      return code.silent('test').subscribe({
        next: () => tell({ type: 'frame-tested', operationId, verdict: 'code' }),
        error: (thrown) =>
          tell({ type: 'frame-tested', operationId, verdict: asGcAuthError(thrown, 'provider-error').code }),
      });
    }
    case 'remember-frames':
      return persistence.rememberFrames(effect.framesUnusable);
    case 'warm':
      return code.warm().subscribe({ error: () => undefined });
    case 'refresh':
      return refresh(effect, ports, scheduler, tell);
    case 'share':
      return tabs.write(effect.record, effect.message);
    case 'hide-messenger':
      return messenger.setHidden(effect.hidden);
    case 'prepare':
      // The click does without.
      return code.prepare().subscribe({ error: () => undefined });
    case 'answer': {
      const { call, grant } = effect;
      let open = true;
      const settle = (unused: boolean): void => {
        if (open && unused) messenger.answer(call.id, { grant });
        else if (open) tell({ type: 'already-used', call });
        open = false;
      };
      const looking = ledger.markUsed(oneTimeValue(grant)).subscribe({ next: settle, error: () => settle(false) });
      looking.add(scheduler.schedule(() => settle(false), ledgerMs));
      return looking;
    }
    case 'refuse':
      return messenger.answer(effect.call.id, { error: effect.error });
    case 'command':
      return command(effect.name, effect.operationId, ports, scheduler, tell);
    case 'publish-ready':
      return messenger.announce();
    case 'publish':
      return messenger.publish(effect.event, effect.data);
  }
}

function command(
  name: string,
  operationId: number,
  { messenger }: Ports,
  scheduler: SchedulerLike,
  tell: (input: Input) => void,
): Subscription {
  const sent = messenger.command(name).subscribe({
    next: () => tell({ type: 'command-settled', operationId }),
    error: (thrown) => tell({ type: 'command-settled', operationId, failure: readFailure(thrown) }),
  });
  const lapse = (): void => {
    sent.unsubscribe();
    tell({ type: 'command-settled', operationId, failure: { message: 'no answer' } });
  };
  sent.add(scheduler.schedule(lapse, commandMs));
  return sent;
}

/**
 * The turn is kept until the rules drop it, when the record says what the refresh brought, and until the next tab in
 * line reads that too.
 */
function refresh(
  { operationId, force }: Extract<Effect, { do: 'refresh' }>,
  ports: Ports,
  scheduler: SchedulerLike,
  tell: (input: Input) => void,
): Subscription {
  const { tabs } = ports;
  let known = tabs.read().expiresAt;
  const work = new Subscription();
  let waiting = true;
  const begin = (): void => {
    if (!waiting) return;
    waiting = false;
    const before = known;
    known = tabs.read().expiresAt;
    // The second look: who had the turn before may have done it.
    if (!force && known !== before) tell({ type: 'renewed-in-other-tab', operationId });
    else work.add(command('Auth.refreshToken', operationId, ports, scheduler, tell));
  };
  const turn = tabs.renewalLock().subscribe({ next: begin, error: begin });
  work.add(() => {
    const end = (): void => turn.unsubscribe();
    if (waiting || tabs.read().expiresAt === known) end();
    else scheduler.schedule(end, lagMs);
  });
  return work;
}
