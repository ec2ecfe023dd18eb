import type { Strings } from '../texts.js';

/** Bulgarian. */
export default {
  signIn: 'Влезте в профила си, за да разговаряте с нас.',
  signInAgain: 'Влезте отново, за да продължите.',
  signInButton: 'Вход',
  blocked: 'Браузърът блокира прозореца за вход.',
  waiting: 'Завършете влизането в другия прозорец.',
  reopenButton: 'Отваряне отново',
  cancel: 'Отказ',
  failed: 'Чатът не е достъпен в момента.',
  retryButton: 'Опитайте отново',
  dismiss: 'Затваряне',
  launcher: 'Отваряне на чата',
} satisfies Strings;
