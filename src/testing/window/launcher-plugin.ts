import { CommandRejection } from '../bus/command-rejection.js';
import { provideCommand, registerBuiltInPlugin } from '../bus/plugin.js';
import { Listeners } from '../listeners.js';
import type { Runtime } from '../runtime.js';

/** The `Launcher` plugin: shows and hides the button that opens the window. */
export class Launcher {
  readonly changes = new Listeners();
  visible: boolean;

  constructor(runtime: Runtime) {
    const { visibility = 'On' } = runtime.config.messenger?.launcherButton ?? {};
    this.visible = visibility === 'On';
    const plugin = registerBuiltInPlugin(runtime.bus, 'Launcher');
    const set = (visible: boolean): void => {
      if (visibility === 'Off') throw new CommandRejection('The launcher is off.');
      this.visible = visible;
      this.changes.notify();
      plugin.publish(visible ? 'visible' : 'hidden');
    };
    provideCommand(plugin, 'show', () => set(true));
    provideCommand(plugin, 'hide', () => set(false));
    // Messenger shows a launcher on demand when its window opens.
    if (visibility === 'OnDemand')
      runtime.bus.subscribe('Launcher', 'Messenger.opened', () => this.visible || set(true));
    plugin.ready();
  }
}
