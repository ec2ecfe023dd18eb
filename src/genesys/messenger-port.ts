import { asyncScheduler, catchError, concat, defer, EMPTY, merge, tap } from 'rxjs';
import type { GenesysConfig } from '../core/config.js';
import { rememberSecretsIn } from '../core/redact.js';
import type { MessengerPort } from '../session/ports.js';
import { command } from './genesys-global.js';
import { hideMessenger } from './hide-messenger.js';
import { hubOf } from './hub-of.js';
import { watchLoading } from './load-watchdog.js';
import type { WatchdogOptions } from './load-watchdog.js';
import type { MessengerHub } from './messenger-hub.js';
import { whenAccepted } from './when-accepted.js';

/** Genesys Messenger in this window, through the vendor's snippet and bus. */
export function createMessengerPort(config: GenesysConfig, win: Window, options: WatchdogOptions = {}): MessengerPort {
  const hub = (): MessengerHub => hubOf(win, options.scheduler);
  return {
    connect: () =>
      defer(() => {
        hub().start(config);
        return merge(watchLoading(hub(), config, win, options), hub().facts(), hub().nodes.watch());
      }),
    // No hub: another version of the bundle has the window.
    arrival: () => defer(() => hub().arrival$).pipe(catchError(() => EMPTY)),
    command: (name, data) =>
      defer(() =>
        concat(
          whenAccepted(hub(), name, options.scheduler ?? asyncScheduler),
          defer(() => {
            if (name === 'Messenger.open') hub().nodes.assertPresent();
            return command(win, name, data);
          }),
        ).pipe(tap({ next: rememberSecretsIn, error: rememberSecretsIn })),
      ),
    answer: (id, answer) => hub().provider.answer(id, answer),
    publishReady: () => hub().provider.ready(),
    setHidden: (hidden) => hideMessenger(win, hidden, config.nonce),
    publish: (event, data) => hub().provider.publish(event, data),
  };
}
