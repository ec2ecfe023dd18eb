import type { SchedulerLike } from 'rxjs';
import { GcAuthError } from '../core/errors.js';
import { hubVersion, MessengerHub } from './messenger-hub.js';

const key = Symbol.for('gc-auth-messenger:hub');

/**
 * The one hub of a window, shared by all copies of the bundle.
 *
 * @throws `provider-taken` when a copy of another version has made it: Messenger has one AuthProvider
 */
export function hubOf(win: Window, scheduler?: SchedulerLike): MessengerHub {
  const holder = win as { [key]?: MessengerHub };
  const hub = (holder[key] ??= new MessengerHub(win, scheduler));
  if ((Object(hub) as Partial<MessengerHub>).version === hubVersion) return hub;
  throw new GcAuthError('provider-taken', {
    message: 'The page has loaded another version of the bundle.',
    hint: 'Load one version of the bundle.',
  });
}
