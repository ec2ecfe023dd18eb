import { expect } from '@open-wc/testing';
import { importLocale } from '../../src/element/import-locale.js';
import { localeCodes, localeFor } from '../../src/element/locale-for.js';
import type { LocaleCode } from '../../src/element/locale-for.js';
import type { Locale, Strings } from '../../src/element/texts.js';
import { hasEveryText, languageOf, readStrings, textsFor } from '../../src/element/texts.js';
import { clearAway, elementUnderTest, place, placedWith } from '../support/harness-element.js';
import { until } from '../support/until.js';

afterEach(clearAway);

const english = textsFor('en').strings;
const keys = Object.keys(english) as Array<keyof Strings>;

/** Longest text in characters: buttons, and names that take their place, must fit beside each other. */
const longest = (key: keyof Strings): number => (/Button$|^(cancel|dismiss|launcher)$/.test(key) ? 24 : 90);

async function loaded(code: LocaleCode): Promise<Locale> {
  return { code, strings: readStrings(await importLocale(code)) };
}

/** The letters of languages that are not written in Latin letters. */
const letters: Partial<Record<LocaleCode, RegExp>> = {
  ar: /^[\p{Script=Arabic}\p{M}\P{L}]+$/u,
  bg: /^[\p{Script=Cyrillic}\P{L}]+$/u,
  el: /^[\p{Script=Greek}\P{L}]+$/u,
  he: /^[\p{Script=Hebrew}\P{L}]+$/u,
  hi: /^[\p{Script=Devanagari}\P{L}]+$/u,
  ja: /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\P{L}]+$/u,
  ko: /^[\p{Script=Hangul}\P{L}]+$/u,
  ru: /^[\p{Script=Cyrillic}\P{L}]+$/u,
  th: /^[\p{Script=Thai}\P{L}]+$/u,
  uk: /^[\p{Script=Cyrillic}\P{L}]+$/u,
  'zh-cn': /^[\p{Script=Han}\P{L}]+$/u,
  'zh-tw': /^[\p{Script=Han}\P{L}]+$/u,
};

describe('the languages', () => {
  for (const code of localeCodes) {
    it(`${code}: every text is there, short, and in that language`, async () => {
      const module = (await importLocale(code)) as { default: Strings };
      expect(Object.keys(module.default)).to.eql(keys);
      const strings = readStrings(module);
      expect(new Set(Object.values(strings)).size).to.equal(keys.length);
      for (const key of keys) {
        const text = strings[key];
        expect(text, key).to.equal(text.trim());
        expect(text.length, `${key}: ${text}`).to.be.at.most(longest(key));
        expect(text, key).to.not.equal(english[key]);
        // Markup, placeholders, plural forms such as "(s)", typewriter quotes, letters in two code points.
        expect(text, key).to.not.match(/[<>&{}[\]|%()"'/\\]|\.\.\.|\s{2}/);
        expect(text, key).to.equal(text.normalize('NFC'));
        if (letters[code]) expect(text, key).to.match(letters[code]);
      }
    });
  }

  it('differ from each other', async () => {
    const all = await Promise.all(localeCodes.map(loaded));
    expect(new Set(all.map(({ strings }) => strings.signIn)).size).to.equal(localeCodes.length);
  });

  it('are those of Messenger, and more', () => {
    const messenger = 'ar cs da de es fi fr it ja ko nl no pl pt-br pt ru sv th tr zh-cn zh-tw'.split(' ');
    const more = 'he hi hu id ro sk uk vi el bg ca hr'.split(' ');
    expect([...localeCodes].sort()).to.eql([...messenger, ...more].sort());
  });
});

describe('the language for a tag', () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    de: [
      'de',
      'DE',
      'de-AT',
      'de-CH-1996',
      'de_DE',
      'de_DE_formal',
      'de_DE.UTF-8',
      'de_DE@euro',
      'de-DE-u-co-phonebk',
      ' de ',
    ],
    'zh-cn': ['zh', 'zh-CN', 'zh-cn', 'zh_CN.GB2312', 'zh-Hans', 'zh-Hans-TW', 'zh-SG', 'zh-cmn-Hans'],
    'zh-tw': ['zh-TW', 'zh-tw', 'zh_TW', 'zh-Hant', 'zh-HK', 'zh-MO', 'zh-Hant-CN', 'zh-cmn-Hant', 'cmn-Hant', 'yue'],
    no: ['no', 'nb', 'nn', 'nb-NO', 'nn_NO', 'no-NO', 'no-nyn'],
    'pt-br': ['pt', 'pt-BR', 'pt-br', 'pt_BR', 'pt-Latn', 'pt_BR.utf8'],
    pt: ['pt-PT', 'pt_PT_ao90', 'pt-AO', 'pt-MZ'],
    he: ['he', 'iw', 'iw-IL', 'he_IL'],
    id: ['id', 'in', 'in_ID'],
    es: ['es', 'es-419', 'es-MX'],
    ar: ['ar', 'ar-EG', 'ar-arz'],
    ko: ['ko', 'ko-KR', 'ko-Hang'],
    ja: ['ja-JP', 'ja-Hira'],
    uk: ['uk', 'uk-UA'],
    ca: ['ca-valencia', 'ca@valencia'],
    // No tag, no file, or the language in other letters than its file.
    en: [
      ...[
        '',
        ' ',
        '-',
        '_',
        'en',
        'en-us',
        'EN_GB',
        'und',
        'und-DE',
        'und-Hant',
        'eu',
        'fil',
        'x-klingon',
        'i-klingon',
      ],
      ...[
        'hi-Latn',
        'ru-Latn',
        'ar-Latn',
        'vi-Hani',
        'german',
        'deutsch',
        'd',
        '12',
        'constructor',
        '__proto__',
        'toString',
      ],
      ...['valueOf-DE', '<b>', '😀', '../de', 'undefined', 'null', '-de', 'd'.repeat(100_000)],
    ],
  };
  for (const [code, tags] of Object.entries(expected)) {
    it(`is ${code}`, () => {
      for (const tag of tags) expect(localeFor(tag), tag.slice(0, 20)).to.equal(code);
    });
  }
});

describe('the texts', () => {
  it('are English without a file, and say so', () => {
    for (const tag of [
      '',
      'fi',
      'he',
      'x-klingon',
      '-',
      'en-GB',
      'constructor',
      '__proto__',
      'toString',
      'valueOf-DE',
    ]) {
      expect(textsFor(tag)).to.deep.equal({ lang: 'en', dir: 'ltr', strings: english });
    }
  });

  it('are those of the file, and say so', async () => {
    const german = await loaded('de');
    expect(textsFor('de-AT', null, german)).to.deep.equal({ lang: 'de', dir: 'ltr', strings: german.strings });
    const hebrew = await loaded('he');
    expect(textsFor('iw', null, hebrew)).to.deep.equal({ lang: 'he', dir: 'rtl', strings: hebrew.strings });
  });

  it('go from right to left where the language does', async () => {
    for (const code of localeCodes) {
      const { dir } = textsFor(code, null, await loaded(code));
      expect(dir, code).to.equal(code === 'ar' || code === 'he' ? 'rtl' : 'ltr');
    }
    for (const tag of ['ar-EG', 'he', 'iw', 'fa', 'ur', 'ckb', 'ps', 'yi', 'uz-Arab', 'ar_EG']) {
      expect(textsFor(tag, { signIn: 'שלום' }).dir, tag).to.equal('rtl');
    }
    for (const tag of ['ur-Latn', 'ar-Latn', 'de', '', 'x-klingon']) {
      expect(textsFor(tag, { signIn: 'Salam' }).dir, tag).to.equal('ltr');
    }
  });

  it('are the page’s own, key by key, in the language of the page', async () => {
    const { strings, lang } = textsFor('de-AT', { signIn: 'Grüß Gott' }, await loaded('de'));
    expect([strings.signIn, strings.signInButton, lang]).to.eql(['Grüß Gott', 'Anmelden', 'de-AT']);
    expect(textsFor('pt_BR', { signIn: 'Oi' }).lang).to.equal('pt-BR');
  });

  it('survive what frameworks write in place of nothing', async () => {
    const german = await loaded('de');
    for (const own of [null, undefined, {}, { signIn: undefined }, { signIn: null }]) {
      const texts = textsFor('de', own as unknown as Partial<Strings>, german);
      expect(texts).to.deep.equal({ lang: 'de', dir: 'ltr', strings: german.strings });
      expect(textsFor('he', own as unknown as Partial<Strings>)).to.deep.include({ lang: 'en', dir: 'ltr' });
    }
  });

  it('need no file where the page has worded them all', () => {
    expect(hasEveryText(english)).to.equal(true);
    expect(hasEveryText({ ...english, cancel: undefined } as unknown as Strings)).to.equal(false);
    expect(hasEveryText(null)).to.equal(false);
  });

  it('come from a module that has every one as a text', async () => {
    const { strings } = await loaded('de');
    expect(readStrings({ default: { ...strings, more: 1 } })).to.eql(strings);
    const wrong = [undefined, null, 1, '', ' ', {}, []];
    const modules = [
      ...[undefined, null, 'text', {}, { default: null }, { default: 'text' }, { default: {} }],
      ...wrong.map((value) => ({ default: { ...strings, launcher: value } })),
    ];
    for (const module of modules) expect(() => readStrings(module)).to.throw(TypeError);
  });
});

describe('the language of an element', () => {
  it('is found in a form whose fields have the names of DOM members', () => {
    const outer = document.createElement('div');
    outer.lang = 'fr';
    outer.innerHTML = `<form><input name="parentNode"><input name="closest"><input name="getRootNode">
      <input name="hasAttribute"><span></span></form>`;
    expect(languageOf(outer.querySelector('span')!)).to.equal('fr');
    const form = outer.querySelector('form')!;
    form.setAttribute('lang', 'de');
    form.insertAdjacentHTML('beforeend', '<input name="getAttribute"><input name="lang">');
    expect(languageOf(outer.querySelector('span')!)).to.equal('de');
  });

  it('is its own, or the closest around it, through shadow roots', () => {
    const outer = document.createElement('div');
    const host = document.createElement('div');
    const inner = document.createElement('span');
    outer.lang = 'fr';
    outer.append(host);
    host.attachShadow({ mode: 'open' }).append(inner);
    expect(languageOf(inner)).to.equal('fr');
    host.lang = 'nl';
    expect(languageOf(inner)).to.equal('nl');
    inner.lang = '';
    expect(languageOf(inner)).to.equal('');
  });

  it('is unknown where nobody says', () => expect(languageOf(document.createElement('span'))).to.equal(''));
});

describe('the texts of <gc-auth-messenger>', () => {
  it('are in the language of the page around it', async () => {
    const section = document.createElement('section');
    section.lang = 'de';
    document.body.append(section);
    const under = await place(elementUnderTest(), section);
    await under.toPrompt();
    await until(() => under.text('button') === 'Anmelden');
    expect(under.part('prompt')!.lang).to.equal('de');
    section.remove();
  });

  it('change with lang, and nothing else does', async () => {
    const { element, toPrompt, text, part, sessions } = await placedWith({ lang: 'en' });
    await toPrompt();
    element.lang = 'ar';
    await element.updateComplete;
    expect([text('button'), part('prompt')!.lang, part('prompt')!.dir]).to.eql(['Sign in', 'en', 'ltr']);
    await until(() => text('button') === 'تسجيل الدخول');
    expect([part('prompt')!.lang, part('prompt')!.dir]).to.eql(['ar', 'rtl']);
    element.removeAttribute('lang');
    await element.updateComplete;
    expect(part('prompt')!.dir).to.equal('ltr');
    expect(sessions).to.have.lengthOf(1);
  });

  it('are the page’s own where it has some', async () => {
    const { element, toPrompt, text, sessions } = await placedWith({ lang: 'fr' });
    await toPrompt();
    element.strings = { signIn: 'Bonjour !' };
    await element.updateComplete;
    expect(text('message')).to.equal('Bonjour !');
    await until(() => text('button') === 'Se connecter');
    expect([text('message'), text('button')]).to.eql(['Bonjour !', 'Se connecter']);
    Object.assign(element, { strings: null });
    await element.updateComplete;
    expect(text('message')).to.equal('Connectez-vous pour discuter avec nous.');
    expect(sessions).to.have.lengthOf(1);
  });
});
