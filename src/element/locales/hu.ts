import type { Strings } from '../texts.js';

/** Hungarian. */
export default {
  signIn: 'A csevegéshez jelentkezzen be.',
  signInAgain: 'A folytatáshoz jelentkezzen be újra.',
  signInButton: 'Bejelentkezés',
  blocked: 'A böngésző letiltotta a bejelentkezési ablakot.',
  waiting: 'Fejezze be a bejelentkezést a másik ablakban.',
  reopenButton: 'Újbóli megnyitás',
  cancel: 'Mégse',
  failed: 'A csevegés jelenleg nem érhető el.',
  retryButton: 'Próbálja újra',
  dismiss: 'Bezárás',
  launcher: 'Csevegés megnyitása',
} satisfies Strings;
