import { expect } from '@open-wc/testing';
import { trustedScriptUrl, trustedTypesPolicy } from '../../src/genesys/trusted-types.js';
import type { TrustedTypesPolicy } from '../../src/genesys/trusted-types.js';

/** A window with Trusted Types, which allows each name once; and the names of its policies. */
function windowAt(url: string, allowed = true) {
  const policies: string[] = [];
  const trustedTypes = {
    createPolicy(name: string, rules: TrustedTypesPolicy) {
      if (!allowed || policies.includes(name)) throw new TypeError(`Policy ${name} disallowed.`);
      policies.push(name);
      return rules;
    },
  };
  return { policies, win: { trustedTypes, location: new URL(url) } };
}

describe('the Trusted Types policy', () => {
  it('is created once for all copies of the code on a page', () => {
    const { win, policies } = windowAt('https://shop.example/');
    const policy = trustedTypesPolicy(win);
    expect(policy).to.exist;
    expect(trustedTypesPolicy(win)).to.equal(policy);
    expect(policies).to.eql(['gc-auth-messenger']);
    expect((win as Record<symbol, unknown>)[Symbol.for('gc-auth-messenger:trusted-types')]).to.equal(policy);
  });

  it('cannot be replaced, and is not listed among the properties of the page', () => {
    const { win } = windowAt('https://shop.example/');
    const policy = trustedTypesPolicy(win);
    const key = Symbol.for('gc-auth-messenger:trusted-types');
    expect(Reflect.set(win, key, {})).to.equal(false);
    expect(Reflect.deleteProperty(win, key)).to.equal(false);
    expect(Object.getOwnPropertyDescriptor(win, key)).to.include({ enumerable: false, value: policy });
  });

  it('is undefined where the browser has no Trusted Types', () => {
    expect(trustedTypesPolicy({})).to.equal(undefined);
  });

  it('is undefined where the page does not allow it', () => {
    expect(trustedTypesPolicy(windowAt('https://shop.example/', false).win)).to.equal(undefined);
  });

  it('leaves HTML as it is', () => {
    const { win } = windowAt('https://shop.example/');
    expect(trustedTypesPolicy(win)?.createHTML('<b>1</b>')).to.equal('<b>1</b>');
  });

  const loaded = 'https://apps.mypurecloud.com/genesys-bootstrap/genesys.min.js';

  it('returns the URL of the script that is loaded', () => {
    const { win } = windowAt('https://shop.example/');
    expect(trustedScriptUrl(win, loaded)).to.equal(loaded);
    expect(trustedScriptUrl(win, loaded), 'again').to.equal(loaded);
    expect(trustedTypesPolicy(win)?.createScriptURL(loaded)).to.equal(loaded);
  });

  it('is asked for nothing where there is none', () => {
    expect(trustedScriptUrl({}, loaded)).to.equal(undefined);
    expect(trustedScriptUrl(windowAt('https://shop.example/', false).win, loaded)).to.equal(undefined);
  });

  for (const url of [
    'https://evil.example/genesys.min.js',
    `${loaded}?other`,
    loaded.toUpperCase(),
    'https://apps.mypurecloud.ie/genesys-bootstrap/genesys.min.js',
    'http://apps.mypurecloud.com/genesys-bootstrap/genesys.min.js',
    'https://apps.mypurecloud.com@evil.example/',
    'https://apps.mypurecloud.com.evil.example/',
    'https://shop.example/uploads/own.js',
    '/own.js',
    'http://localhost:9000/genesys.min.js',
    'blob:https://shop.example/8b2d8d4e-0000-4000-8000-000000000001',
    'data:text/javascript,0',
    'javascript:0',
    'https://',
    '',
    '__proto__',
  ]) {
    it(`refuses the script ${url || '(empty)'}, before and after another is loaded`, () => {
      const { win } = windowAt('https://shop.example/account');
      const policy = trustedTypesPolicy(win);
      expect(() => policy?.createScriptURL(url)).to.throw(TypeError);
      trustedScriptUrl(win, loaded);
      expect(() => policy?.createScriptURL(url)).to.throw(TypeError);
    });
  }

  it('knows the scripts of all copies of the code on a page', () => {
    const { win } = windowAt('https://shop.example/');
    trustedScriptUrl(win, loaded);
    const key = Symbol.for('gc-auth-messenger:trusted-scripts');
    expect((win as unknown as Record<symbol, Set<string>>)[key]).to.eql(new Set([loaded]));
    expect(Reflect.set(win, key, new Set(['https://evil.example/']))).to.equal(false);
  });
});
