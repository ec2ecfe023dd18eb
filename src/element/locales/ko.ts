import type { Strings } from '../texts.js';

/** Korean. */
export default {
  signIn: '채팅을 이용하려면 로그인해 주세요.',
  signInAgain: '계속하려면 다시 로그인해 주세요.',
  signInButton: '로그인',
  blocked: '브라우저에서 로그인 창을 차단했습니다.',
  waiting: '다른 창에서 로그인을 완료해 주세요.',
  reopenButton: '다시 열기',
  cancel: '취소',
  failed: '현재 채팅을 이용할 수 없습니다.',
  retryButton: '다시 시도',
  dismiss: '닫기',
  launcher: '채팅 열기',
} satisfies Strings;
