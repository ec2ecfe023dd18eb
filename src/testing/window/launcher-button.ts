import { element, icon, setAttribute } from './dom.js';
import { texts } from './texts.js';
import type { ViewState } from './view-state.js';

/** The round button in the corner of the page that opens and closes the window. */
export class LauncherButton {
  readonly node: HTMLButtonElement;

  constructor(onClick: () => void) {
    this.node = element(
      'button',
      { type: 'button', class: 'launcher', part: 'launcher', 'aria-controls': 'window' },
      icon('chat'),
      icon('minimise'),
    );
    this.node.addEventListener('click', onClick);
  }

  render({ open, launcherVisible }: ViewState): void {
    this.node.hidden = !launcherVisible;
    setAttribute(this.node, 'aria-expanded', String(open));
    setAttribute(this.node, 'aria-label', open ? texts.closeLauncher : texts.openLauncher);
  }
}
