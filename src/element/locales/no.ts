import type { Strings } from '../texts.js';

/** Norwegian Bokmål, also for Nynorsk. */
export default {
  signIn: 'Logg inn for å chatte med oss.',
  signInAgain: 'Logg inn på nytt for å fortsette.',
  signInButton: 'Logg inn',
  blocked: 'Nettleseren blokkerte innloggingsvinduet.',
  waiting: 'Fullfør innloggingen i det andre vinduet.',
  reopenButton: 'Åpne på nytt',
  cancel: 'Avbryt',
  failed: 'Chatten er ikke tilgjengelig akkurat nå.',
  retryButton: 'Prøv på nytt',
  dismiss: 'Lukk',
  launcher: 'Åpne chat',
} satisfies Strings;
