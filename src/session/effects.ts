import type { Subscription } from 'rxjs';
import { asGcAuthError } from '../core/errors.js';
import { oneTimeValue } from '../core/grant.js';
import type { Effect, Input } from '../core/model.js';
import { readRefusal } from '../core/refusal.js';
import type { Ports, Scheduler } from './ports.js';

/** Longer than any deadline of the rules: only frees what a command that never settles would hold. */
const commandMs = 30_000;

/** Effects that are done outside. */
export type OutsideEffect = Extract<
  Effect,
  { do: 'connect' | 'code' | 'prepare' | 'answer' | 'refuse' | 'command' | 'announce' | 'publish' }
>;

/** The outside half of an effect. What comes back of it is told; the subscription undoes what can be undone. */
export function runEffect(
  effect: OutsideEffect,
  { messenger, code, ledger }: Ports,
  scheduler: Scheduler,
  tell: (input: Input) => void,
  fail: (thrown: unknown) => void,
): Subscription | void {
  switch (effect.do) {
    case 'connect':
      return messenger.connect().subscribe({
        next: tell,
        error: (thrown) => tell({ type: 'start-failed', error: asGcAuthError(thrown, 'script-blocked') }),
      });
    case 'code': {
      const { ticket, rung } = effect;
      return code[rung]('').subscribe({
        next: (grant) => tell({ type: 'granted', ticket, grant }),
        error: (thrown) => tell({ type: 'not-granted', ticket, error: asGcAuthError(thrown, 'provider-error') }),
      });
    }
    case 'prepare':
      // The click does without.
      return code.prepare().subscribe({ error: () => undefined });
    case 'answer': {
      const { ask, grant } = effect;
      return ledger.spend(oneTimeValue(grant)).subscribe({
        next: (unused) => (unused ? messenger.answer(ask.id, { grant }) : tell({ type: 'spent', ask })),
        error: fail,
      });
    }
    case 'refuse':
      return messenger.answer(effect.ask.id, { error: effect.error });
    case 'command': {
      const { ticket, name } = effect;
      const sent = messenger.command(name).subscribe({
        next: () => tell({ type: 'commanded', ticket }),
        error: (thrown) => tell({ type: 'commanded', ticket, refusal: readRefusal(thrown) }),
      });
      sent.add(scheduler.schedule(() => sent.unsubscribe(), commandMs));
      return sent;
    }
    case 'announce':
      return messenger.announce();
    case 'publish':
      return messenger.publish(effect.event, effect.data);
  }
}
