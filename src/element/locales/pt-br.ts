import type { Strings } from '../texts.js';

/** Brazilian Portuguese. */
export default {
  signIn: 'Faça login para conversar conosco.',
  signInAgain: 'Faça login novamente para continuar.',
  signInButton: 'Fazer login',
  blocked: 'O navegador bloqueou a janela de login.',
  waiting: 'Conclua o login na outra janela.',
  reopenButton: 'Reabrir',
  cancel: 'Cancelar',
  failed: 'O chat não está disponível no momento.',
  retryButton: 'Tentar novamente',
  dismiss: 'Fechar',
  launcher: 'Abrir o chat',
} satisfies Strings;
