import { expect } from '@open-wc/testing';
import { trustedTypesPolicy } from '../../src/genesys/trusted-types.js';
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
  return { policies, win: { trustedTypes, location: new URL(url), document: { baseURI: url } } };
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

  for (const url of [
    'https://apps.mypurecloud.com/genesys-bootstrap/genesys.min.js',
    'https://apps.mypurecloud.com.au/genesys-bootstrap/genesys.min.js',
    'https://apps.usw2.pure.cloud/genesys-bootstrap/genesys.min.js',
    'https://shop.example/own.js',
    '/own.js',
    'http://localhost:9000/genesys.min.js',
    'http://messenger.localhost/genesys.min.js',
    'http://127.0.0.1:9000/genesys.min.js',
    'http://[::1]:9000/genesys.min.js',
  ]) {
    it(`allows the script ${url}`, () => {
      const { win } = windowAt('https://shop.example/account');
      expect(trustedTypesPolicy(win)?.createScriptURL(url)).to.equal(url);
    });
  }

  for (const url of [
    'https://evil.example/genesys.min.js',
    'http://apps.mypurecloud.com/genesys-bootstrap/genesys.min.js',
    'https://apps.mypurecloud.com:8443/genesys-bootstrap/genesys.min.js',
    'https://apps.mypurecloud.com@evil.example/',
    'https://apps.mypurecloud.com.evil.example/',
    'https://evil.example/apps.mypurecloud.com',
    'https://api.mypurecloud.com/genesys.min.js',
    'https://apps.prod/genesys.min.js',
    'https://apps.usw2/genesys.min.js',
    'http://shop.example/own.js',
    'https://localhost.example/own.js',
    'blob:https://shop.example/8b2d8d4e-0000-4000-8000-000000000001',
    'data:text/javascript,0',
    'javascript:0',
    'https://',
  ]) {
    it(`refuses the script ${url}`, () => {
      const { win } = windowAt('https://shop.example/account');
      expect(() => trustedTypesPolicy(win)?.createScriptURL(url)).to.throw(TypeError);
    });
  }

  it('refuses data: on a page whose origin is opaque, too', () => {
    const { win } = windowAt('data:text/html,');
    expect(() => trustedTypesPolicy(win)?.createScriptURL('data:text/javascript,0')).to.throw(TypeError);
  });

  it('allows exactly the script that was configured', () => {
    const { win } = windowAt('https://shop.example/');
    const configured = 'https://proxy.example/genesys.min.js';
    expect(trustedTypesPolicy(win)?.createScriptURL(configured, configured)).to.equal(configured);
    expect(() => trustedTypesPolicy(win)?.createScriptURL(`${configured}?other`, configured)).to.throw(TypeError);
  });
});
