import type { Check } from '../core/diagnosis.js';

/** Checks of the page and its browser. */
export function pageChecks(win: Window): readonly Check[] {
  return [
    {
      name: 'secure context',
      ok: win.isSecureContext,
      found: win.origin,
      ...(win.isSecureContext ? {} : { hint: 'Serve the page over https.' }),
    },
    storageCheck(win),
    { name: 'network', ok: win.navigator.onLine, found: win.navigator.onLine ? 'online' : 'offline' },
  ];
}

/** Messenger keeps its tokens in `localStorage`. */
function storageCheck(win: Window): Check {
  const name = 'storage';
  const key = 'gc-auth-messenger:probe';
  try {
    win.localStorage.setItem(key, '1');
    win.localStorage.removeItem(key);
    return { name, ok: true, found: 'localStorage can be written' };
  } catch {
    return { name, ok: false, found: 'localStorage is blocked', hint: 'Allow site data for this page.' };
  }
}
