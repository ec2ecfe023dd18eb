import type { DeploymentConfig } from '../deployment-config.js';
import { element, icon, setAttribute } from './dom.js';
import { texts } from './texts.js';
import type { ViewState } from './view-state.js';

/** The button in the corner of the page that opens and closes the window, as the deployment wants it. */
export class LauncherButton {
  readonly node: HTMLButtonElement;

  constructor(config: DeploymentConfig, onClick: () => void) {
    const display = config.messenger?.launcherButton?.displayType ?? 'Icon';
    const text = display === 'Icon' ? undefined : (labelOf(config) ?? texts.launcherText);
    this.node = element(
      'button',
      { type: 'button', class: text ? 'launcher with-text' : 'launcher', part: 'launcher', 'aria-controls': 'window' },
      ...(display === 'Text' ? [] : [element('span', { class: 'icons' }, icon('chat'), icon('minimise'))]),
      ...(text ? [text] : []),
    );
    this.node.addEventListener('click', onClick);
  }

  render({ open, launcherVisible }: ViewState): void {
    this.node.hidden = !launcherVisible;
    setAttribute(this.node, 'aria-expanded', String(open));
    setAttribute(this.node, 'aria-label', open ? texts.closeLauncher : texts.openLauncher);
  }
}

const labelOf = ({ customI18nLabels }: DeploymentConfig): string | undefined =>
  customI18nLabels?.[0]?.localizedLabels.find(({ key }) => key === 'MessengerLauncherButtonText')?.value;

/** Sets colour and place. `Auto` is the side on which a line of the page ends. */
export function placeMessenger(host: HTMLElement, { position, messenger }: DeploymentConfig): void {
  const { alignment = 'Auto', sideSpace = 20, bottomSpace = 12 } = position ?? {};
  const left = alignment === 'Left' || (alignment === 'Auto' && document.dir === 'rtl');
  host.classList.toggle('left', left);
  host.style.setProperty('--side-space', `${sideSpace}px`);
  host.style.setProperty('--bottom-space', `${bottomSpace}px`);
  host.style.setProperty('--launcher-color', messenger?.styles?.primaryColor ?? '#0165A7');
}
