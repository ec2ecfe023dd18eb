import { provideCommand, registerBuiltInPlugin } from '../bus/plugin.js';
import { Listeners } from '../listeners.js';
import type { Runtime } from '../runtime.js';

/** The `Launcher` plugin: shows and hides the button that opens the window. */
export class Launcher {
  readonly changes = new Listeners();
  visible = true;

  constructor(runtime: Runtime) {
    const plugin = registerBuiltInPlugin(runtime.bus, 'Launcher');
    const set = (visible: boolean): void => {
      this.visible = visible;
      this.changes.notify();
      plugin.publish(visible ? 'visible' : 'hidden');
    };
    provideCommand(plugin, 'show', () => set(true));
    provideCommand(plugin, 'hide', () => set(false));
    plugin.ready();
  }
}
