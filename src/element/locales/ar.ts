import type { Strings } from '../texts.js';

/** Arabic. */
export default {
  signIn: 'يرجى تسجيل الدخول للدردشة معنا.',
  signInAgain: 'يرجى تسجيل الدخول مجددًا للمتابعة.',
  signInButton: 'تسجيل الدخول',
  blocked: 'حظر المتصفح نافذة تسجيل الدخول.',
  waiting: 'يرجى إكمال تسجيل الدخول في النافذة الأخرى.',
  reopenButton: 'إعادة الفتح',
  cancel: 'إلغاء',
  failed: 'الدردشة غير متاحة حاليًا.',
  retryButton: 'إعادة المحاولة',
  dismiss: 'إغلاق',
  launcher: 'فتح الدردشة',
} satisfies Strings;
