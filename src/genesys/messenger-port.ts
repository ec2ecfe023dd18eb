import { Observable } from 'rxjs';
import type { GenesysConfig } from '../core/config.js';
import type { MessengerPort } from '../session/ports.js';
import { hideMessenger } from './hide-messenger.js';
import { command } from './genesys-global.js';
import { hubOf } from './messenger-hub.js';
import type { MessengerHub } from './messenger-hub.js';
import { watchStart } from './start-watch.js';
import type { StartWatchOptions } from './start-watch.js';

/** Genesys Messenger in this window, over the vendor's snippet and bus. */
export function createMessengerPort(
  config: GenesysConfig,
  win: Window,
  options: StartWatchOptions = {},
): MessengerPort {
  const hub = (): MessengerHub => hubOf(win, options.scheduler);
  return {
    connect: () =>
      new Observable((subscriber) => {
        hub().start(config);
        subscriber.add(
          watchStart(hub(), config, win, options).subscribe({ error: (fault) => subscriber.error(fault) }),
        );
        hub().facts().subscribe(subscriber);
      }),
    command: (name, data) => command(win, name, data),
    answer: (id, answer) => hub().provider.answer(id, answer),
    announce: () => hub().provider.ready(),
    setHidden: (closed) => hideMessenger(win, closed),
    publish: (event, data) => hub().provider.publish(event, data),
  };
}
