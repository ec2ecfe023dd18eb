import type { Strings } from '../texts.js';

/** Spanish. */
export default {
  signIn: 'Inicie sesión para chatear con nosotros.',
  signInAgain: 'Vuelva a iniciar sesión para continuar.',
  signInButton: 'Iniciar sesión',
  blocked: 'El navegador bloqueó la ventana de inicio de sesión.',
  waiting: 'Complete el inicio de sesión en la otra ventana.',
  reopenButton: 'Volver a abrir',
  cancel: 'Cancelar',
  failed: 'El chat no está disponible en este momento.',
  retryButton: 'Reintentar',
  dismiss: 'Cerrar',
  launcher: 'Abrir el chat',
} satisfies Strings;
