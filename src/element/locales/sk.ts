import type { Strings } from '../texts.js';

/** Slovak. */
export default {
  signIn: 'Ak chcete s nami chatovať, prihláste sa.',
  signInAgain: 'Ak chcete pokračovať, prihláste sa znova.',
  signInButton: 'Prihlásiť sa',
  blocked: 'Prehliadač zablokoval prihlasovacie okno.',
  waiting: 'Dokončite prihlásenie v druhom okne.',
  reopenButton: 'Znova otvoriť',
  cancel: 'Zrušiť',
  failed: 'Chat momentálne nie je k dispozícii.',
  retryButton: 'Skúsiť znova',
  dismiss: 'Zavrieť',
  launcher: 'Otvoriť chat',
} satisfies Strings;
