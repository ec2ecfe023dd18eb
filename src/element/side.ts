import type { LauncherPosition } from '../core/messenger.js';

/** Whether Messenger is on the left of the window; without a position as with `auto`. */
export const isOnLeft = (position: LauncherPosition | undefined, { dir }: Document): boolean =>
  position?.alignment === 'left' || (position?.alignment !== 'right' && dir === 'rtl');
