import type { Strings } from '../texts.js';

/** Dutch. */
export default {
  signIn: 'Log in om met ons te chatten.',
  signInAgain: 'Log opnieuw in om verder te gaan.',
  signInButton: 'Inloggen',
  blocked: 'De browser heeft het inlogvenster geblokkeerd.',
  waiting: 'Rond het inloggen af in het andere venster.',
  reopenButton: 'Opnieuw openen',
  cancel: 'Annuleren',
  failed: 'De chat is momenteel niet beschikbaar.',
  retryButton: 'Opnieuw proberen',
  dismiss: 'Sluiten',
  launcher: 'Chat openen',
} satisfies Strings;
