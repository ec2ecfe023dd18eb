import type { Strings } from '../texts.js';

/** Indonesian. */
export default {
  signIn: 'Silakan masuk untuk chat dengan kami.',
  signInAgain: 'Silakan masuk lagi untuk melanjutkan.',
  signInButton: 'Masuk',
  blocked: 'Browser memblokir jendela untuk masuk.',
  waiting: 'Silakan selesaikan proses masuk di jendela lainnya.',
  reopenButton: 'Buka lagi',
  cancel: 'Batal',
  failed: 'Chat tidak tersedia saat ini.',
  retryButton: 'Coba lagi',
  dismiss: 'Tutup',
  launcher: 'Buka chat',
} satisfies Strings;
