import { CommandRejection } from '../bus/command-rejection.js';
import { provideCommand, registerBuiltInPlugin } from '../bus/plugin.js';
import type { Runtime } from '../runtime.js';

/** The `Database` plugin: the custom attributes that are sent with the next message (`messaging.customAttributes`). */
export function startDatabasePlugin(runtime: Runtime): void {
  const plugin = registerBuiltInPlugin(runtime.bus, 'Database');
  const read = (): Record<string, unknown> => (plugin.data('Database.messaging') ?? {}) as Record<string, unknown>;
  const write = (data: unknown): void => {
    const messaging = (data as { messaging?: unknown }).messaging;
    if (typeof messaging !== 'object' || messaging === null) throw new CommandRejection('Missing "messaging".');
    plugin.data('Database.messaging', messaging);
    plugin.publish('updated', { messaging });
  };
  provideCommand(plugin, 'set', write);
  provideCommand(plugin, 'update', ({ messaging }) => {
    const { customAttributes } = read();
    const added = (messaging ?? {}) as { customAttributes?: object };
    write({ messaging: { ...added, customAttributes: { ...(customAttributes ?? {}), ...added.customAttributes } } });
  });
  provideCommand(plugin, 'get', () => ({ messaging: read() }));
  provideCommand(plugin, 'remove', () => plugin.data('Database.messaging', {}));
  plugin.ready();
}
