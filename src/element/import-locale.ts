import type { LocaleCode } from './locale-for.js';

/** One literal `import()` a language, so that bundlers make a chunk of each. */
const files: Readonly<Record<LocaleCode, () => Promise<unknown>>> = {
  ar: () => import('./locales/ar.js'),
  bg: () => import('./locales/bg.js'),
  ca: () => import('./locales/ca.js'),
  cs: () => import('./locales/cs.js'),
  da: () => import('./locales/da.js'),
  de: () => import('./locales/de.js'),
  el: () => import('./locales/el.js'),
  es: () => import('./locales/es.js'),
  fi: () => import('./locales/fi.js'),
  fr: () => import('./locales/fr.js'),
  he: () => import('./locales/he.js'),
  hi: () => import('./locales/hi.js'),
  hr: () => import('./locales/hr.js'),
  hu: () => import('./locales/hu.js'),
  id: () => import('./locales/id.js'),
  it: () => import('./locales/it.js'),
  ja: () => import('./locales/ja.js'),
  ko: () => import('./locales/ko.js'),
  nl: () => import('./locales/nl.js'),
  no: () => import('./locales/no.js'),
  pl: () => import('./locales/pl.js'),
  pt: () => import('./locales/pt.js'),
  'pt-br': () => import('./locales/pt-br.js'),
  ro: () => import('./locales/ro.js'),
  ru: () => import('./locales/ru.js'),
  sk: () => import('./locales/sk.js'),
  sv: () => import('./locales/sv.js'),
  th: () => import('./locales/th.js'),
  tr: () => import('./locales/tr.js'),
  uk: () => import('./locales/uk.js'),
  vi: () => import('./locales/vi.js'),
  'zh-cn': () => import('./locales/zh-cn.js'),
  'zh-tw': () => import('./locales/zh-tw.js'),
};

/**
 * Loads the module of a language, which is not checked. The single-file bundles have another version of this module, which
 * loads `locales/<code>.js` beside the bundle (scripts/build/beside-bundle.mjs).
 */
export const importLocale = (code: LocaleCode): Promise<unknown> => files[code]();
