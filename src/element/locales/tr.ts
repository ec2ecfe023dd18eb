import type { Strings } from '../texts.js';

/** Turkish. */
export default {
  signIn: 'Bizimle sohbet etmek için oturum açın.',
  signInAgain: 'Devam etmek için yeniden oturum açın.',
  signInButton: 'Oturum aç',
  blocked: 'Tarayıcı, oturum açma penceresini engelledi.',
  waiting: 'Diğer pencerede oturum açma işlemini tamamlayın.',
  reopenButton: 'Yeniden aç',
  cancel: 'İptal',
  failed: 'Sohbet şu anda kullanılamıyor.',
  retryButton: 'Yeniden dene',
  dismiss: 'Kapat',
  launcher: 'Sohbeti aç',
} satisfies Strings;
