import type { Strings } from '../texts.js';

/** Swedish. */
export default {
  signIn: 'Logga in för att chatta med oss.',
  signInAgain: 'Logga in igen för att fortsätta.',
  signInButton: 'Logga in',
  blocked: 'Webbläsaren blockerade inloggningsfönstret.',
  waiting: 'Slutför inloggningen i det andra fönstret.',
  reopenButton: 'Öppna igen',
  cancel: 'Avbryt',
  failed: 'Chatten är inte tillgänglig just nu.',
  retryButton: 'Försök igen',
  dismiss: 'Stäng',
  launcher: 'Öppna chatten',
} satisfies Strings;
