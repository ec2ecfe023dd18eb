import type { Strings } from '../texts.js';

/** Hebrew. */
export default {
  signIn: 'יש להתחבר כדי לשוחח איתנו.',
  signInAgain: 'יש להתחבר שוב כדי להמשיך.',
  signInButton: 'התחברות',
  blocked: 'הדפדפן חסם את חלון ההתחברות.',
  waiting: 'יש להשלים את ההתחברות בחלון השני.',
  reopenButton: 'פתיחה מחדש',
  cancel: 'ביטול',
  failed: 'הצ׳אט אינו זמין כרגע.',
  retryButton: 'ניסיון נוסף',
  dismiss: 'סגירה',
  launcher: 'פתיחת הצ׳אט',
} satisfies Strings;
