import type { Strings } from '../texts.js';

/** Chinese in traditional script. */
export default {
  signIn: '請先登入，即可與我們線上交談。',
  signInAgain: '請重新登入以繼續。',
  signInButton: '登入',
  blocked: '瀏覽器封鎖了登入視窗。',
  waiting: '請在另一個視窗中完成登入。',
  reopenButton: '重新開啟',
  cancel: '取消',
  failed: '聊天服務目前無法使用。',
  retryButton: '再試一次',
  dismiss: '關閉',
  launcher: '開啟聊天',
} satisfies Strings;
