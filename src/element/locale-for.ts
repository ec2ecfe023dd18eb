/** The languages that have a file in `locales`, by the codes that Genesys uses for Messenger. English is in `texts.ts`. */
export const localeCodes = [
  'ar',
  'bg',
  'ca',
  'cs',
  'da',
  'de',
  'el',
  'es',
  'fi',
  'fr',
  'he',
  'hi',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'nl',
  'no',
  'pl',
  'pt',
  'pt-br',
  'ro',
  'ru',
  'sk',
  'sv',
  'th',
  'tr',
  'uk',
  'vi',
  'zh-cn',
  'zh-tw',
] as const;

export type LocaleCode = (typeof localeCodes)[number];

/**
 * Language, script and region of a BCP 47 tag; language tags of three letters after the first (`zh-cmn`) are skipped.
 * Some systems write `pt_BR`, or a POSIX locale such as `pt_BR.UTF-8`.
 */
const subtags = /^([a-z]{2,3})(?:[-_][a-z]{3})*(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?![a-z\d])/i;

/** Codes that were replaced, and Mandarin as Chinese. Not every browser knows them (WebKitGTK). */
const replaced: Readonly<Record<string, string>> = { iw: 'he', in: 'id', ji: 'yi', mo: 'ro', cmn: 'zh' };

/** Canonical: `iw` is `he`. Undefined for what is no tag of a language. */
export function readLocale(tag: string): Intl.Locale | undefined {
  const [, language = '', ...found] = subtags.exec(tag.trim().toLowerCase()) ?? [];
  const current = Object.hasOwn(replaced, language) ? replaced[language] : language;
  try {
    return new Intl.Locale([current, ...found].filter(Boolean).join('-'));
  } catch {
    return undefined;
  }
}

/** Needs none of the browser's data on languages, which take 5 ms to load, and is what most pages are in. */
const plainEnglish = /^\s*en([-_]([a-z]{2}|\d{3}))?\s*$/i;

/**
 * The file for a BCP 47 tag: its language, and for Chinese its script, for Portuguese its region. `en` where there is
 * none, also for a language in the letters of another, such as `hi-Latn`.
 */
export function localeFor(tag: string): LocaleCode | 'en' {
  if (plainEnglish.test(tag)) return 'en';
  const locale = readLocale(tag);
  if (!locale) return 'en';
  const { language } = locale;
  const { script, region } = locale.maximize();
  if (language === 'zh' || language === 'yue') return script === 'Hant' ? 'zh-tw' : 'zh-cn';
  if (language === 'pt') return region === 'BR' ? 'pt-br' : 'pt';
  const code = localeCodes.find((one) => one === (/^n[bn]$/.test(language) ? 'no' : language));
  return code && isLatin(script) === isLatin(new Intl.Locale(code).maximize().script) ? code : 'en';
}

const isLatin = (script: string | undefined): boolean => script === 'Latn';

const rightToLeft = /^(Adlm|Arab|Hebr|Nkoo|Rohg|Syrc|Thaa)$/;

/** The direction of a language's script. `ltr` for what is no tag of a language. */
export const directionOf = (tag: string): 'ltr' | 'rtl' =>
  !plainEnglish.test(tag) && rightToLeft.test(readLocale(tag)?.maximize().script ?? '') ? 'rtl' : 'ltr';
