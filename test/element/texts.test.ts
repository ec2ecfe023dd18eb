import { expect } from '@open-wc/testing';
import type { Strings } from '../../src/element/texts.js';
import { languageOf, textsFor } from '../../src/element/texts.js';
import { clearAway, elementUnderTest, place, placedWith } from '../support/harness-element.js';

afterEach(clearAway);

const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'ja', 'ar'];
const keys = Object.keys(textsFor('en').strings) as Array<keyof Strings>;

describe('the texts', () => {
  for (const language of languages) {
    it(`${language}: every one is there and differs from the others`, () => {
      const { strings, lang } = textsFor(language);
      expect(lang).to.equal(language);
      for (const key of keys) expect(strings[key], key).to.match(/\S/);
      expect(new Set(Object.values(strings)).size).to.equal(keys.length);
      if (language !== 'en') expect(strings.signIn).to.not.equal(textsFor('en').strings.signIn);
    });
  }

  it('know regions and any case', () => {
    expect(textsFor('de-AT').strings).to.eql(textsFor('de').strings);
    expect(textsFor('PT-br').strings).to.eql(textsFor('pt').strings);
  });

  it('are English where there are none, and say so', () => {
    for (const tag of ['', 'fi', 'x-klingon', '-', 'en-GB', 'constructor', '__proto__', 'toString', 'valueOf-DE']) {
      expect(textsFor(tag)).to.deep.include({ lang: 'en', dir: 'ltr', strings: textsFor('en').strings });
    }
  });

  it('go from right to left where the language does', () => {
    expect(textsFor('ar').dir).to.equal('rtl');
    expect(textsFor('ar-EG').dir).to.equal('rtl');
    expect(textsFor('de').dir).to.equal('ltr');
    expect(textsFor('he', { signIn: 'שלום' }).dir).to.equal('rtl');
  });

  it('are the page’s own, key by key', () => {
    const { strings } = textsFor('de', { signIn: 'Moin' });
    expect(strings.signIn).to.equal('Moin');
    expect(strings.signInButton).to.equal('Anmelden');
  });

  it('survive what frameworks write in place of nothing', () => {
    expect(textsFor('de', null).strings).to.eql(textsFor('de').strings);
    expect(textsFor('de', { signIn: undefined } as unknown as Partial<Strings>).strings).to.eql(textsFor('de').strings);
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
    expect(under.text('button')).to.equal('Anmelden');
    expect(under.part('prompt')!.lang).to.equal('de');
    section.remove();
  });

  it('change with lang, and nothing else does', async () => {
    const { element, toPrompt, text, part, sessions } = await placedWith({ lang: 'en' });
    await toPrompt();
    element.lang = 'ar';
    await element.updateComplete;
    expect(text('button')).to.equal('تسجيل الدخول');
    expect(part('prompt')!.dir).to.equal('rtl');
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
    expect([text('message'), text('button')]).to.eql(['Bonjour !', 'Se connecter']);
    Object.assign(element, { strings: null });
    await element.updateComplete;
    expect(text('message')).to.equal('Connectez-vous pour discuter avec nous.');
    expect(sessions).to.have.lengthOf(1);
  });
});
