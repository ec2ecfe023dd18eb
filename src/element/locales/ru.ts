import type { Strings } from '../texts.js';

/** Russian. */
export default {
  signIn: 'Войдите, чтобы написать нам в чат.',
  signInAgain: 'Чтобы продолжить, войдите снова.',
  signInButton: 'Войти',
  blocked: 'Браузер заблокировал окно входа.',
  waiting: 'Завершите вход в другом окне.',
  reopenButton: 'Открыть снова',
  cancel: 'Отмена',
  failed: 'Чат сейчас недоступен.',
  retryButton: 'Повторить попытку',
  dismiss: 'Закрыть',
  launcher: 'Открыть чат',
} satisfies Strings;
