import type { Strings } from '../texts.js';

/** European Portuguese. */
export default {
  signIn: 'Inicie sessão para conversar connosco.',
  signInAgain: 'Inicie sessão novamente para continuar.',
  signInButton: 'Iniciar sessão',
  blocked: 'O navegador bloqueou a janela de início de sessão.',
  waiting: 'Conclua o início de sessão na outra janela.',
  reopenButton: 'Reabrir',
  cancel: 'Cancelar',
  failed: 'O chat não está disponível de momento.',
  retryButton: 'Tentar novamente',
  dismiss: 'Fechar',
  launcher: 'Abrir o chat',
} satisfies Strings;
