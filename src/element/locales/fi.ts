import type { Strings } from '../texts.js';

/** Finnish. */
export default {
  signIn: 'Kirjaudu sisään, niin voit keskustella kanssamme.',
  signInAgain: 'Jatka kirjautumalla sisään uudelleen.',
  signInButton: 'Kirjaudu sisään',
  blocked: 'Selain esti kirjautumisikkunan.',
  waiting: 'Viimeistele kirjautuminen toisessa ikkunassa.',
  reopenButton: 'Avaa uudelleen',
  cancel: 'Peruuta',
  failed: 'Chat ei ole juuri nyt käytettävissä.',
  retryButton: 'Yritä uudelleen',
  dismiss: 'Sulje',
  launcher: 'Avaa chat',
} satisfies Strings;
