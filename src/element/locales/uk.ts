import type { Strings } from '../texts.js';

/** Ukrainian. */
export default {
  signIn: 'Увійдіть, щоб написати нам у чат.',
  signInAgain: 'Щоб продовжити, увійдіть знову.',
  signInButton: 'Увійти',
  blocked: 'Браузер заблокував вікно входу.',
  waiting: 'Завершіть вхід в іншому вікні.',
  reopenButton: 'Відкрити знову',
  cancel: 'Скасувати',
  failed: 'Чат зараз недоступний.',
  retryButton: 'Спробувати знову',
  dismiss: 'Закрити',
  launcher: 'Відкрити чат',
} satisfies Strings;
