import type { Strings } from '../texts.js';

/** Chinese in simplified script. */
export default {
  signIn: '请登录后与我们在线交流。',
  signInAgain: '请重新登录以继续。',
  signInButton: '登录',
  blocked: '浏览器拦截了登录窗口。',
  waiting: '请在另一个窗口中完成登录。',
  reopenButton: '重新打开',
  cancel: '取消',
  failed: '聊天服务暂时不可用。',
  retryButton: '重试',
  dismiss: '关闭',
  launcher: '打开聊天',
} satisfies Strings;
