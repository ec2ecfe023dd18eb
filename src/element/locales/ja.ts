import type { Strings } from '../texts.js';

/** Japanese. */
export default {
  signIn: 'チャットをご利用になるには、ログインしてください。',
  signInAgain: '続けるには、もう一度ログインしてください。',
  signInButton: 'ログイン',
  blocked: 'ブラウザーがログイン画面をブロックしました。',
  waiting: 'もう一方のウィンドウでログインを完了してください。',
  reopenButton: 'もう一度開く',
  cancel: 'キャンセル',
  failed: '現在、チャットをご利用いただけません。',
  retryButton: '再試行',
  dismiss: '閉じる',
  launcher: 'チャットを開く',
} satisfies Strings;
