import { executeServerCommand } from '@web/test-runner-commands';

/** Media features are emulated in Chromium only. */
export const emulatesMedia = navigator.userAgent.includes('Chrome/');

/** Presses a key as a user does: the focus moves, and the page may open popups. */
export const press = (key: 'Tab' | 'Enter' | 'Escape'): Promise<unknown> => executeServerCommand('press-key', key);

/** Sets media features, or with none takes them back. */
export const media = (features: Readonly<Record<string, string>> = {}): Promise<unknown> =>
  executeServerCommand(
    'media',
    Object.entries(features).map(([name, value]) => ({ name, value })),
  );
