import type { Strings } from '../texts.js';

/** Polish. */
export default {
  signIn: 'Zaloguj się, aby porozmawiać z nami na czacie.',
  signInAgain: 'Zaloguj się ponownie, aby kontynuować.',
  signInButton: 'Zaloguj się',
  blocked: 'Przeglądarka zablokowała okno logowania.',
  waiting: 'Dokończ logowanie w drugim oknie.',
  reopenButton: 'Otwórz ponownie',
  cancel: 'Anuluj',
  failed: 'Czat jest obecnie niedostępny.',
  retryButton: 'Spróbuj ponownie',
  dismiss: 'Zamknij',
  launcher: 'Otwórz czat',
} satisfies Strings;
