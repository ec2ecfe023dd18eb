import type { Strings } from '../texts.js';

/** Thai. */
export default {
  signIn: 'กรุณาเข้าสู่ระบบเพื่อแชทกับเรา',
  signInAgain: 'กรุณาเข้าสู่ระบบอีกครั้งเพื่อดำเนินการต่อ',
  signInButton: 'เข้าสู่ระบบ',
  blocked: 'เบราว์เซอร์บล็อกหน้าต่างเข้าสู่ระบบ',
  waiting: 'กรุณาเข้าสู่ระบบให้เสร็จสิ้นในอีกหน้าต่างหนึ่ง',
  reopenButton: 'เปิดอีกครั้ง',
  cancel: 'ยกเลิก',
  failed: 'ขออภัย แชทไม่พร้อมให้บริการในขณะนี้',
  retryButton: 'ลองอีกครั้ง',
  dismiss: 'ปิด',
  launcher: 'เปิดแชท',
} satisfies Strings;
