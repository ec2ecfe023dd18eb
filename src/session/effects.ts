import { catchError, defer, EMPTY, map, of, switchMap, takeUntil, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { asGcAuthError } from '../core/errors.js';
import { oneTimeValue } from '../core/grant.js';
import type { Effect, Input } from '../core/model.js';
import { readRefusal } from '../core/refusal.js';
import type { Ports } from './ports.js';

/** Longer than any deadline of the rules: only frees what a command that never settles would hold. */
const commandMs = 30_000;

/** The outside half of an effect, as a cold observable of what comes back. */
export function runEffect(
  effect: Effect,
  { messenger, code, ledger }: Ports,
  scheduler: SchedulerLike,
): Observable<Input> {
  switch (effect.do) {
    case 'connect':
      return messenger
        .connect()
        .pipe(catchError((thrown) => of<Input>({ type: 'start-failed', error: asGcAuthError(thrown, 'script-blocked') })));
    case 'code': {
      const { ticket, rung } = effect;
      return (rung === 'silent' ? code.silent() : code.popup()).pipe(
        map((grant): Input => ({ type: 'granted', ticket, grant })),
        catchError((thrown) =>
          of<Input>({ type: 'not-granted', ticket, error: asGcAuthError(thrown, 'provider-error') }),
        ),
      );
    }
    case 'prepare':
      return code.prepare().pipe(catchError(() => EMPTY));
    case 'answer': {
      const { ask, grant } = effect;
      return ledger.spend(oneTimeValue(grant)).pipe(
        switchMap((unused) => {
          if (!unused) return of<Input>({ type: 'spent', ask });
          messenger.answer(ask.id, { grant });
          return EMPTY;
        }),
      );
    }
    case 'refuse':
      return defer(() => {
        messenger.answer(effect.ask.id, { error: effect.error });
        return EMPTY;
      });
    case 'command': {
      const { ticket, name } = effect;
      return messenger.command(name).pipe(
        takeUntil(timer(commandMs, scheduler)),
        map((): Input => ({ type: 'commanded', ticket })),
        catchError((thrown) => of<Input>({ type: 'commanded', ticket, refusal: readRefusal(thrown) })),
      );
    }
    case 'announce':
      return defer(() => {
        messenger.announce();
        return EMPTY;
      });
    case 'publish':
      return defer(() => {
        messenger.publish(effect.event, effect.data);
        return EMPTY;
      });
    default:
      return EMPTY;
  }
}
