import { expect } from '@open-wc/testing';
import { readConfig } from '../../src/core/read-config.js';
import { rawOf, readTag } from '../../src/doctor/read-tag.js';
import type { Values } from '../../src/setup/field.js';
import { discoveryOf, genesysSteps } from '../../src/setup/genesys.js';
import { fieldsOf, planOf } from '../../src/setup/plan.js';
import { providers } from '../../src/setup/providers/providers.js';
import { elementForm, escaped, folderOf, npmForm, scriptForm } from '../../src/setup/tag.js';
import type { Attributes, Bundle } from '../../src/setup/tag.js';
import { readValues, writeValues } from '../../src/setup/values.js';
import { deploymentId } from '../support/fixtures.js';

const here = 'https://www.example.com/tools/setup.html#provider=okta';
const tenant = '11111111-2222-3333-4444-555555555555';
const document = '/.well-known/openid-configuration';

const site: Values = { 'deployment-id': deploymentId, environment: 'prod-euw1', 'client-id': 'messenger-web' };

/** For each provider: what is filled in, and the attributes that follow. */
const filledIn: Readonly<Record<string, readonly [Values, Attributes]>> = {
  okta: [{ 'okta-host': 'example.okta.com' }, { authority: 'https://example.okta.com/oauth2/default' }],
  auth0: [
    { 'auth0-host': 'example.eu.auth0.com', 'auth0-audience': 'https://api.example.com/?a=1&b' },
    {
      authority: 'https://example.eu.auth0.com/',
      'authorize-params': 'audience=https%3A%2F%2Fapi.example.com%2F%3Fa%3D1%26b',
    },
  ],
  keycloak: [
    { 'keycloak-base': 'login.example.com/auth', 'keycloak-realm': 'shop' },
    { authority: 'https://login.example.com/auth/realms/shop' },
  ],
  'entra-id': [{ 'entra-tenant': tenant }, { authority: `https://login.microsoftonline.com/${tenant}/v2.0` }],
  'entra-external-id': [
    { 'external-tenant': tenant, 'external-host': 'login.example.com' },
    {
      authority: `https://${tenant}.ciamlogin.com/${tenant}/v2.0`,
      'metadata-url': `https://login.example.com/${tenant}/v2.0${document}`,
    },
  ],
  'azure-ad-b2c': [
    {
      'b2c-host': 'contoso.b2clogin.com',
      'b2c-tenant': tenant,
      'b2c-domain': 'contoso.onmicrosoft.com',
      'b2c-policy': 'b2c_1_signupsignin',
    },
    {
      authority: `https://contoso.b2clogin.com/${tenant}/v2.0/`,
      'metadata-url': `https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signupsignin/v2.0${document}`,
      scope: 'openid offline_access messenger-web',
    },
  ],
  'amazon-cognito': [
    { 'cognito-pool': 'eu-west-1_AbCdEfGhI', 'cognito-domain': 'login.example.com' },
    { authority: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI', scope: 'openid profile email' },
  ],
  pingone: [
    { 'pingone-host': 'auth.pingone.eu', 'pingone-environment': tenant },
    { authority: `https://auth.pingone.eu/${tenant}/as` },
  ],
  pingfederate: [{ 'pingfederate-base': 'https://login.example.com' }, { authority: 'https://login.example.com' }],
  pingam: [
    { 'pingam-host': 'login.example.com' },
    { authority: 'https://login.example.com/am/oauth2/realms/root/realms/alpha' },
  ],
  other: [{ authority: 'https://login.example.com' }, { authority: 'https://login.example.com' }],
};

const valuesOf = (provider: string): Values => ({ provider, ...site, ...filledIn[provider]![0] });

const faultsOf = (values: Values): Record<string, string> =>
  Object.fromEntries([...planOf(values, here).faults].map(([name, { message }]) => [name, message]));

const parsed = (markup: string): Document => new DOMParser().parseFromString(markup, 'text/html');

const attributesIn = (element: Element): Attributes =>
  Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));

/** The attributes in each form of the tag. Each page has nothing but the tag and its script. */
function printedIn(attributes: Attributes, bundle: Bundle): Attributes[] {
  const page = parsed(elementForm(attributes, bundle));
  const installed = parsed(npmForm(attributes).at(-1)![1]);
  const classic = parsed(scriptForm(attributes, bundle));
  expect([...page.querySelectorAll('head *, body *')].map(({ localName }) => localName)).to.eql([
    'script',
    'gc-auth-messenger',
  ]);
  expect(classic.querySelectorAll('head *, body *')).to.have.length(1);
  const data = Object.entries(attributesIn(classic.querySelector('script')!))
    .filter(([name]) => name.startsWith('data-'))
    .map(([name, value]) => [name.slice(5), value] as const);
  return [
    attributesIn(page.querySelector('gc-auth-messenger')!),
    attributesIn(installed.querySelector('gc-auth-messenger')!),
    Object.fromEntries(data),
  ];
}

describe('the set-up of a provider', () => {
  it('is tested for each', () => expect(Object.keys(filledIn)).to.eql(providers.map(({ id }) => id)));

  for (const [id, [, expected]] of Object.entries(filledIn)) {
    it(`gives the tag of ${id}, which the element accepts`, () => {
      const { attributes, faults, policies, page } = planOf(valuesOf(id), here);
      expect([...faults]).to.eql([]);
      expect(attributes).to.eql({
        ...site,
        'redirect-uri': 'https://www.example.com/callback.html',
        scope: 'openid profile email offline_access',
        ...expected,
      });
      expect(() => readConfig(rawOf(attributes), page!)).not.to.throw();
      expect(policies).to.have.keys('page', 'callback');
    });
  }

  it('takes hosts as people paste them', () => {
    for (const text of [
      'https://Example.Okta.com/',
      '  example.okta.com ',
      'EXAMPLE.OKTA.COM/',
      'https://example.okta.com/oauth2/default/.well-known/openid-configuration',
      'exam\u200Bple.okta.com',
      'https://example.okta.com:443?a#b',
    ]) {
      const { attributes, faults } = planOf({ ...valuesOf('okta'), 'okta-host': text }, here);
      expect([...faults], text).to.eql([]);
      expect(attributes['authority'], text).to.equal('https://example.okta.com/oauth2/default');
    }
    const keycloak = { ...valuesOf('keycloak'), 'keycloak-base': 'HTTPS://login.example.com/realms/master/account/' };
    expect(planOf(keycloak, here).attributes['authority']).to.equal('https://login.example.com/realms/shop');
    const server = planOf({ ...valuesOf('okta'), 'okta-server': '' }, here);
    expect(server.attributes['authority']).to.equal('https://example.okta.com');
    const local = planOf({ ...valuesOf('keycloak'), 'keycloak-base': 'localhost:8080/' }, here);
    expect(local.attributes['authority']).to.equal('http://localhost:8080/realms/shop');
    const pool = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI';
    const cognito = planOf({ ...valuesOf('amazon-cognito'), 'cognito-pool': `${pool}/` }, here);
    expect(cognito.attributes['authority']).to.equal(pool);
  });

  it('says beside the field what is wrong with its value', () => {
    for (const [provider, name, text, message] of [
      [
        'okta',
        'okta-host',
        'ftp://example.okta.com',
        'Host: found “ftp://example.okta.com”, wanted a host such as login',
      ],
      ['okta', 'okta-host', 'http://example.okta.com', 'Host: found “http://example.okta.com”'],
      ['okta', 'okta-host', '"example.okta.com"', 'Host: found “"example.okta.com"”'],
      ['okta', 'okta-host', 'a b', 'Host: found “a b”'],
      ['okta', 'okta-host', 'user:word@example.okta.com', 'Host: found “user:word@'],
      ['okta', 'okta-host', 'javascript:alert(1)', 'Host: found “javascript:alert(1)”'],
      ['okta', 'okta-host', '<b>', 'Host: found “<b>”'],
      ['okta', 'okta-host', '', 'Host: found nothing'],
      ['okta', 'okta-server', 'a/b', 'Authorization server: found “a/b”, wanted a name without slashes'],
      ['keycloak', 'keycloak-realm', 'https://x.example/realms/shop', 'Realm: found “https://x.example/realms/shop”'],
      ['keycloak', 'keycloak-realm', '..', 'Realm: found “..”'],
      ['entra-id', 'entra-tenant', 'common', 'Tenant ID: found “common”, wanted an ID such as'],
      ['pingone', 'pingone-environment', 'x', 'Environment ID: found “x”'],
      ['amazon-cognito', 'cognito-pool', 'AbCdEfGhI', 'User pool ID: found “AbCdEfGhI”'],
      [
        'other',
        'authority',
        'login.example.com',
        'Attribute authority: found “login.example.com”, wanted an https URL',
      ],
      ['other', 'authority', '', 'Attribute authority: found nothing'],
      ['other', 'metadata-url', 'https:/x', 'Attribute metadata-url: found “https:/x”'],
      ['okta', 'deployment-id', '12', 'Attribute deployment-id: found “12”, wanted a UUID.'],
      ['okta', 'environment', 'mars', 'Attribute environment: found “mars”, wanted a Genesys Cloud environment'],
      ['okta', 'client-id', '“id”', 'Attribute client-id: found ““id””'],
      ['okta', 'client-id', 'YOUR_CLIENT_ID', 'Attribute client-id: found the placeholder “YOUR_CLIENT_ID”.'],
      ['okta', 'redirect-uri', 'https://other.example/c', 'Attribute redirect-uri: found “https://other.example/c”'],
      ['okta', 'redirect-uri', 'www.example.com/c', 'Attribute redirect-uri: found “www.example.com/c”'],
      ['okta', 'page', 'ftp://x', 'Page with the chat: found “ftp://x”'],
      ['okta', 'sign-in-modes', 'loud', 'Attribute sign-in-modes: found “loud”'],
      ['okta', 'authorize-params', 'state=1', 'Attribute authorize-params: found “state”'],
      ['okta', 'bundle', 'http://cdn.example/', 'Option bundle: found “http://cdn.example/”'],
    ] as const) {
      const faults = faultsOf({ ...valuesOf(provider), [name]: text });
      expect(Object.keys(faults), `${name} ${text}`).to.eql([name]);
      expect(faults[name]).to.match(new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
    }
  });

  it('names everything that is missing, and nothing twice', () => {
    const { faults } = planOf({ provider: 'azure-ad-b2c' }, here);
    expect([...faults.keys()].sort()).to.eql(
      ['b2c-domain', 'b2c-host', 'b2c-policy', 'b2c-tenant', 'client-id', 'deployment-id', 'environment'].sort(),
    );
    expect([...faults.values()].every(({ missing }) => missing)).to.equal(true);
    expect(planOf({ provider: 'nobody' }, here).provider.id).to.equal('okta');
    // A file has no origin.
    expect(planOf(valuesOf('okta'), 'file:///tmp/setup.html').faults.get('page')?.missing).to.equal(true);
  });

  it('has the callback page on the origin of the page', () => {
    const redirectUri = (values: Values) => planOf({ ...valuesOf('okta'), ...values }, here).attributes['redirect-uri'];
    expect(redirectUri({ page: 'Shop.Example.com/chat?x#y' })).to.equal('https://shop.example.com/callback.html');
    expect(redirectUri({ page: 'localhost:5173' })).to.equal('http://localhost:5173/callback.html');
    expect(redirectUri({ page: 'https://shop.example.com/de/', 'redirect-uri': 'back.html' })).to.equal(
      'https://shop.example.com/de/back.html',
    );
  });
});

describe('the tag of the set-up page', () => {
  /** The same numbers in each run. */
  let seed = 20_261_129;
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const parts = [
    '"',
    "'",
    '<',
    '>',
    '&',
    '&quot;',
    '</script>',
    '<img src=x onerror=a>',
    '-->',
    '=',
    ' ',
    '\t',
    '\n',
    '\r',
    '`',
  ];
  const more = [
    '\0',
    '\u200B',
    '\u2028',
    'ä',
    '😀',
    '/',
    '\\',
    '%',
    '%22',
    '{{a}}',
    'https://',
    '?',
    '#',
    ';',
    'A',
    'data-',
    '[object Object]',
  ];
  const hostile = (): string =>
    Array.from({ length: random(7) }, () => [...parts, ...more][random(parts.length + more.length)]).join('');

  it('gives back what it was made from, for every provider and any text', () => {
    const rounds = 60;
    for (const { id } of providers) {
      for (let round = 0; round < rounds; round++) {
        const values: Record<string, string> = { ...valuesOf(id) };
        const names = fieldsOf(
          values,
          providers.find((each) => each.id === id)!,
        ).map(({ name }) => name);
        for (let count = 0; count <= random(4); count++) values[names[random(names.length)]!] = hostile();
        values['scripts'] = ['host', 'nonce', 'hash', '__proto__'][random(4)]!;
        const { attributes, bundle, page } = planOf(values, here);
        const address = page ?? planOf(valuesOf('other'), here).page!;
        for (const printed of printedIn(attributes, bundle)) {
          expect(printed, JSON.stringify(values)).to.eql(attributes);
          expect(readTag(rawOf(printed), address)).to.eql(readTag(rawOf(attributes), address));
        }
      }
    }
  });

  it('holds any text between its quotes', () => {
    for (let round = 0; round < 300; round++) {
      const text = hostile();
      const [div] = parsed(`<div title="${escaped(text)}"></div>`).body.children;
      expect(div!.getAttribute('title')).to.equal(text.replaceAll('\0', ''));
      expect(div!.attributes).to.have.length(1);
    }
  });

  it('loads the bundle from its folder, with the nonce', () => {
    expect(folderOf('')).to.equal('/');
    expect(folderOf('https://cdn.example/0.1.0')).to.equal('https://cdn.example/0.1.0/');
    expect(folderOf('https://cdn.example/gc-auth-messenger.js')).to.equal('https://cdn.example/');
    const plan = planOf({ ...valuesOf('okta'), bundle: '/dist', scripts: 'nonce', nonce: 'abc' }, here);
    const element = parsed(elementForm(plan.attributes, plan.bundle)).querySelector('script')!;
    const classic = parsed(scriptForm(plan.attributes, plan.bundle)).querySelector('script')!;
    expect([element.getAttribute('src'), element.nonce]).to.eql(['/dist/gc-auth-messenger.js', 'abc']);
    expect([classic.getAttribute('src'), classic.nonce]).to.eql(['/dist/gc-auth-messenger.iife.js', 'abc']);
    expect(plan.attributes['nonce']).to.equal('abc');
    for (const script of [element, classic]) expect(script.hasAttribute('integrity')).to.equal(false);
  });

  it('has the hashes that its policy has, because a hash allows no other script with src', () => {
    const digest = (length: number): string => 'A'.repeat(length);
    const [own, other, short] = [`sha384-${digest(64)}`, `sha384-${'B'.repeat(64)}`, `sha256-${digest(43)}=`];
    for (const [changes, expected] of [
      [{ hashes: own }, own],
      [{ hashes: `'${own}', "${other}"` }, `${own} ${other}`],
      // The list of hosts counts as well.
      [{ hashes: own, 'host-list': 'on' }, own],
      [{ hashes: short.slice(0, -1) }, short],
      // Browsers would compare the bundle with the strongest one alone.
      [{ hashes: `${short} ${own} sha512-${digest(86)}` }, own],
      // Said beside other fields, it does not keep the tag from being complete.
      [{ hashes: own, environment: '' }, own],
      [{ hashes: 'x' }, null],
      [{ hashes: '' }, null],
      [{ hashes: own, scripts: 'nonce' }, null],
      [{ hashes: own, scripts: 'host' }, null],
    ] as ReadonlyArray<readonly [Values, string | null]>) {
      const plan = planOf({ ...valuesOf('okta'), scripts: 'hash', ...changes }, here);
      for (const form of [elementForm, scriptForm]) {
        const script = parsed(form(plan.attributes, plan.bundle)).querySelector('script')!;
        expect(script.getAttribute('integrity'), JSON.stringify(changes)).to.equal(expected);
        expect(script.crossOrigin).to.equal(expected === null ? null : 'anonymous');
        if ('fault' in plan.policies || expected === null) continue;
        for (const hash of expected.split(' ')) expect(plan.policies.page).to.contain(`'${hash}'`);
      }
    }
  });
});

describe('what the set-up page says besides the tag', () => {
  const policyOf = (values: Values): string => {
    const { policies } = planOf({ ...valuesOf('okta'), ...values }, here);
    return 'fault' in policies ? policies.fault.message : policies.page;
  };

  it('is the policy, for scripts by host, nonce or hash', () => {
    const hash = `sha384-${'A'.repeat(64)}`;
    expect(policyOf({ bundle: 'https://cdn.example/' })).to.match(/^script-src 'self' https:\/\/cdn\.example https:/);
    expect(policyOf({ scripts: 'nonce' })).to.match(/^script-src 'nonce-NONCE' 'strict-dynamic' 'self' /);
    expect(policyOf({ scripts: 'nonce', 'host-list': 'on' })).to.match(/^script-src 'nonce-NONCE' 'self' /);
    expect(policyOf({ scripts: 'hash', hashes: hash })).to.contain(`script-src '${hash}' 'strict-dynamic' `);
    expect(policyOf({ 'trusted-types': 'on' })).to.match(/trusted-types gc-auth-messenger$/);
    expect(policyOf({ 'sign-in-modes': 'popup' })).to.match(/frame-src https:\/\/apps\.mypurecloud\.ie /);
    expect(policyOf(valuesOf('amazon-cognito'))).to.contain("frame-src 'self' https://login.example.com ");
    for (const [values, name] of [
      [{ scripts: 'nonce', nonce: "x'; script-src *" }, 'nonce'],
      [{ scripts: 'hash', hashes: 'x' }, 'hashes'],
      [{ scripts: 'hash' }, 'hashes'],
    ] as const) {
      const { faults, policies } = planOf({ ...valuesOf('okta'), ...values }, here);
      expect([...faults.keys()]).to.eql([name]);
      expect(policies).to.have.key('fault');
    }
  });

  it('is what to register at Genesys Cloud', () => {
    const { attributes } = planOf(valuesOf('azure-ad-b2c'), here);
    const values = genesysSteps(attributes, 'www.example.com').map(({ value }) => value);
    expect(values.filter(Boolean)).to.eql([
      attributes['metadata-url'],
      'messenger-web',
      deploymentId,
      'www.example.com',
    ]);
    expect(discoveryOf({ authority: 'https://x.example/' })).to.equal(`https://x.example${document}`);
    expect(discoveryOf({ authority: `https://x.example${document}` })).to.equal(`https://x.example${document}`);
    expect(discoveryOf({})).to.equal(undefined);
  });

  it('is what to register at each provider: the callback page, and the page after a sign-out if there is one', () => {
    for (const { id, steps } of providers) {
      const client = { redirectUri: 'https://a.example/callback.html', origin: 'https://a.example', scope: 'openid' };
      const told = (postLogoutRedirectUri?: string) =>
        steps({ ...client, postLogoutRedirectUri }).map(({ value }) => value);
      expect(told(), id).to.include(client.redirectUri).and.not.to.include('https://a.example/bye');
      expect(told('https://a.example/bye'), id).to.include('https://a.example/bye');
    }
  });
});

describe('the address of the set-up page', () => {
  it('keeps what differs from the initial values', () => {
    for (const provider of Object.keys(filledIn)) {
      const values = { ...valuesOf(provider), 'client-id': 'a&b=c#d "e" ä' };
      const { provider: kept = 'okta', ...others } = readValues(`#${writeValues(values)}`);
      expect({ provider: kept, ...others }).to.eql(values);
    }
    expect(writeValues({ provider: 'okta', 'okta-server': 'default', page: '' })).to.equal('');
    expect(writeValues({ 'okta-server': '' })).to.equal('okta-server=');
  });

  it('is read without what is no field, in one line, and never too long', () => {
    expect(readValues('#provider=auth0&__proto__=x&client_secret=y&client-id=a%0Ab%00c')).to.eql({
      provider: 'auth0',
      'client-id': 'abc',
    });
    expect(readValues(`#client-id=${'x'.repeat(9_999)}`)['client-id']).to.have.length(2_000);
    expect(readValues('#%E0%A4%A&&=')).to.eql({});
  });
});
