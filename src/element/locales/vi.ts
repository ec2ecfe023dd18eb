import type { Strings } from '../texts.js';

/** Vietnamese. */
export default {
  signIn: 'Vui lòng đăng nhập để trò chuyện với chúng tôi.',
  signInAgain: 'Vui lòng đăng nhập lại để tiếp tục.',
  signInButton: 'Đăng nhập',
  blocked: 'Trình duyệt đã chặn cửa sổ đăng nhập.',
  waiting: 'Vui lòng hoàn tất đăng nhập trong cửa sổ còn lại.',
  reopenButton: 'Mở lại',
  cancel: 'Hủy',
  failed: 'Tính năng trò chuyện hiện không khả dụng.',
  retryButton: 'Thử lại',
  dismiss: 'Đóng',
  launcher: 'Mở trò chuyện',
} satisfies Strings;
