import type { Strings } from '../texts.js';

/** French. */
export default {
  signIn: 'Connectez-vous pour discuter avec nous.',
  signInAgain: 'Reconnectez-vous pour continuer.',
  signInButton: 'Se connecter',
  blocked: 'Le navigateur a bloqué la fenêtre de connexion.',
  waiting: 'Terminez la connexion dans l’autre fenêtre.',
  reopenButton: 'Rouvrir',
  cancel: 'Annuler',
  failed: 'Le chat n’est pas disponible pour le moment.',
  retryButton: 'Réessayer',
  dismiss: 'Fermer',
  launcher: 'Ouvrir le chat',
} satisfies Strings;
