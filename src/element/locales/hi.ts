import type { Strings } from '../texts.js';

/** Hindi. */
export default {
  signIn: 'हमसे चैट करने के लिए साइन इन करें।',
  signInAgain: 'जारी रखने के लिए फिर से साइन इन करें।',
  signInButton: 'साइन इन करें',
  blocked: 'ब्राउज़र ने साइन इन विंडो को ब्लॉक कर दिया।',
  waiting: 'कृपया दूसरी विंडो में साइन इन पूरा करें।',
  reopenButton: 'फिर से खोलें',
  cancel: 'रद्द करें',
  failed: 'चैट अभी उपलब्ध नहीं है।',
  retryButton: 'फिर से कोशिश करें',
  dismiss: 'बंद करें',
  launcher: 'चैट खोलें',
} satisfies Strings;
