import type { Strings } from '../texts.js';

/** Czech. */
export default {
  signIn: 'Chcete-li s námi chatovat, přihlaste se.',
  signInAgain: 'Chcete-li pokračovat, přihlaste se znovu.',
  signInButton: 'Přihlásit se',
  blocked: 'Prohlížeč zablokoval přihlašovací okno.',
  waiting: 'Dokončete přihlášení v druhém okně.',
  reopenButton: 'Znovu otevřít',
  cancel: 'Zrušit',
  failed: 'Chat momentálně není k dispozici.',
  retryButton: 'Zkusit znovu',
  dismiss: 'Zavřít',
  launcher: 'Otevřít chat',
} satisfies Strings;
