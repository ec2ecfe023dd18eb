import { expect } from '@open-wc/testing';
import { allEnvironments, domainsOf } from '../../src/core/environments.js';
import { attributeNames, propertyOf } from '../../src/doctor/attribute-names.js';
import { cspFor, policyText } from '../../src/doctor/csp.js';
import type { CspOptions, Policy } from '../../src/doctor/csp.js';
import { uploadHostOf } from '../../src/doctor/upload-hosts.js';
import { ConfiguredElement } from '../../src/element/configured-element.js';

const environment = 'prod-euw1';
const authority = 'https://login.example.com';

const pageFor = (options: Partial<CspOptions> = {}): Policy => cspFor({ environment, authority, ...options }).page;

describe('cspFor()', () => {
  /** As Genesys' own policies have them; `apse1` and `mxc1` follow the pattern. */
  const regions: ReadonlyArray<readonly [name: string, domains: string, uploads: string | undefined]> = [
    ['prod', 'mypurecloud.com use1.pure.cloud', 'shyrka-prod.s3.amazonaws.com'],
    ['prod-euw1', 'mypurecloud.ie euw1.pure.cloud', 'shyrka-prod-euw1.s3.eu-west-1.amazonaws.com'],
    ['prod-euc1', 'mypurecloud.de euc1.pure.cloud', 'shyrka-prod-euc1.s3.eu-central-1.amazonaws.com'],
    ['prod-apne1', 'mypurecloud.jp apne1.pure.cloud', 'shyrka-prod-apne1.s3.ap-northeast-1.amazonaws.com'],
    ['prod-apse2', 'mypurecloud.com.au apse2.pure.cloud', 'shyrka-prod-apse2.s3.ap-southeast-2.amazonaws.com'],
    ['fedramp-use2-core', 'use2.us-gov-pure.cloud', 'shyrka-fedramp-use2-core.s3-fips.us-east-2.amazonaws.com'],
    ['eusc-edee1-core', 'edee1.eusc-pure.cloud', undefined],
    ['prod-usw2', 'usw2.pure.cloud', 'shyrka-prod-usw2.s3.us-west-2.amazonaws.com'],
    ['prod-cac1', 'cac1.pure.cloud', 'shyrka-prod-cac1.s3.ca-central-1.amazonaws.com'],
    ['prod-euw2', 'euw2.pure.cloud', 'shyrka-prod-euw2.s3.eu-west-2.amazonaws.com'],
    ['prod-euc2', 'euc2.pure.cloud', 'shyrka-prod-euc2.s3.eu-central-2.amazonaws.com'],
    ['prod-aps1', 'aps1.pure.cloud', 'shyrka-prod-aps1.s3.ap-south-1.amazonaws.com'],
    ['prod-apne2', 'apne2.pure.cloud', 'shyrka-prod-apne2.s3.ap-northeast-2.amazonaws.com'],
    ['prod-apne3', 'apne3.pure.cloud', 'shyrka-prod-apne3.s3.ap-northeast-3.amazonaws.com'],
    ['prod-apse1', 'apse1.pure.cloud', 'shyrka-prod-apse1.s3.ap-southeast-1.amazonaws.com'],
    ['prod-sae1', 'sae1.pure.cloud', 'shyrka-prod-sae1.s3.sa-east-1.amazonaws.com'],
    ['prod-mec1', 'mec1.pure.cloud', 'shyrka-prod-mec1.s3.me-central-1.amazonaws.com'],
    ['prod-mxc1', 'mxc1.pure.cloud', 'shyrka-prod-mxc1.s3.mx-central-1.amazonaws.com'],
  ];

  it('knows the domains and the upload host of every region', () => {
    const found = allEnvironments().map((each) => [each.name, domainsOf(each).join(' '), uploadHostOf(each)]);
    expect(found).to.eql(regions.map(([name, domains, uploads]) => [name, domains, uploads && `https://${uploads}`]));
  });

  for (const [name, domains, uploads] of regions) {
    it(`allows what Messenger needs in ${name}`, () => {
      const page = pageFor({ environment: name });
      for (const domain of domains.split(' ')) {
        expect(page['script-src']).to.include(`https://apps.${domain}`);
        expect(page['frame-src']).to.include(`https://apps.${domain}`);
        expect(page['connect-src']).to.include.members([
          `https://api-cdn.${domain}`,
          `https://api.${domain}`,
          `wss://webmessaging.${domain}`,
        ]);
        for (const directive of ['img-src', 'media-src', 'object-src']) {
          expect(page[directive]).to.include(`https://*.${domain}`);
        }
      }
      expect(page['connect-src']?.filter((source) => source.includes('shyrka'))).to.eql(
        uploads ? [`https://${uploads}`] : [],
      );
    });
  }

  it('needs no inline style, no inline script and no eval', () => {
    const text = policyText(pageFor({ nonce: 'abc', hashes: [], trustedTypes: true }));
    expect(text).not.to.match(/unsafe|style-src|default-src/);
  });

  it('lets a page have its own <base>, as routers need it', () => expect(pageFor()['base-uri']).to.eql(["'self'"]));

  it('names the policy that Trusted Types need, and none for the callback page', () => {
    const { page, callback } = cspFor({ environment, trustedTypes: true });
    expect(policyText(page)).to.contain("require-trusted-types-for 'script'; trusted-types gc-auth-messenger");
    expect(policyText(callback)).to.contain("require-trusted-types-for 'script'; trusted-types 'none'");
    expect(policyText(pageFor({ trustedTypes: false }))).not.to.contain('trusted-types');
  });

  it('lets only this origin frame the callback page, and allows its script, its style and its icon', () => {
    expect(policyText(cspFor({ environment }).callback)).to.match(
      /^default-src 'none'; script-src 'self'; style-src 'sha256-[^']{44}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'$/,
    );
  });

  describe('scripts', () => {
    const [sha256, sha384, sha512] = [
      `sha256-${'A'.repeat(43)}=`,
      `sha384-${'b'.repeat(64)}`,
      `sha512-${'+/'.repeat(43)}==`,
    ] as const;
    const hosts = "'self' https://cdn.example https://apps.mypurecloud.ie https://apps.euw1.pure.cloud";

    for (const [options, wanted] of [
      [{}, hosts],
      [{ strictDynamic: false }, hosts],
      [{ nonce: 'r4nd0m==' }, `'nonce-r4nd0m==' 'strict-dynamic' ${hosts}`],
      [{ nonce: 'a-b_c+/' }, `'nonce-a-b_c+/' 'strict-dynamic' ${hosts}`],
      [{ nonce: 'abc', strictDynamic: true }, `'nonce-abc' 'strict-dynamic' ${hosts}`],
      [{ nonce: 'abc', strictDynamic: false }, `'nonce-abc' ${hosts}`],
      [{ hashes: [] }, hosts],
      [{ hashes: [sha256, sha384, sha512] }, `'${sha256}' '${sha384}' '${sha512}' 'strict-dynamic' ${hosts}`],
      [{ hashes: [sha256], strictDynamic: false }, `'${sha256}' ${hosts}`],
      [{ hashes: [sha256, sha256], strictDynamic: false }, `'${sha256}' ${hosts}`],
      [
        { hashes: [`'${sha256}'`, ` ${sha384} `, sha512.replace('==', '')] },
        `'${sha256}' '${sha384}' '${sha512}' 'strict-dynamic' ${hosts}`,
      ],
      [{ nonce: 'abc', hashes: [sha256], strictDynamic: false }, `'nonce-abc' '${sha256}' ${hosts}`],
    ] as ReadonlyArray<readonly [Partial<CspOptions>, string]>) {
      it(`with ${JSON.stringify(options)}`, () => {
        expect(pageFor({ ...options, bundle: 'https://cdn.example/1.0.0/x.js' })['script-src']?.join(' ')).to.equal(
          wanted,
        );
      });
    }
  });

  describe('the provider', () => {
    const origins = (options: Partial<CspOptions>): readonly string[] =>
      ['connect-src', 'frame-src'].map((directive) =>
        (pageFor(options)[directive] ?? []).filter((source) => !/purecloud|pure\.cloud|shyrka/.test(source)).join(' '),
      );
    const login = 'https://login.example.com';
    const pool = 'https://shop.auth.eu-west-1.amazoncognito.com';

    for (const [what, options, wanted] of [
      [
        'is allowed by its origin',
        { authority: `${login}:8443/realms/shop` },
        [`'self' ${login}:8443`, `'self' ${login}:8443`],
      ],
      [
        'may be written as its discovery document',
        { authority: `${login}/.well-known/openid-configuration` },
        [`'self' ${login}`, `'self' ${login}`],
      ],
      [
        'is named as browsers compare hosts',
        { authority: 'HTTPS://BÜRO.example:443/' },
        ["'self' https://xn--bro-hoa.example", "'self' https://xn--bro-hoa.example"],
      ],
      ['is none with codeProvider', { authority: undefined }, ["'self'", '']],
      ['is in no frame without silent', { signInModes: 'popup redirect' }, [`'self' ${login}`, '']],
      [
        'is in a frame with silent-redirect and silent',
        { signInModes: 'SILENT, silent-redirect' },
        [`'self' ${login}`, `'self' ${login}`],
      ],
      [
        'has a page that asks for storage access',
        { storageAccessUri: 'https://id.example/ask' },
        [`'self' ${login}`, `'self' ${login} https://id.example`],
      ],
      [
        'has its discovery document elsewhere',
        { metadataUrl: 'https://meta.example/doc' },
        ["'self' https://meta.example", `'self' ${login}`],
      ],
      ['has its discovery document on this origin', { metadataUrl: '/doc.json' }, ["'self'", `'self' ${login}`]],
      [
        'signs people in on another host',
        { authorizationEndpoint: `${pool}/oauth2/authorize` },
        [`'self' ${login}`, `'self' ${pool}`],
      ],
      [
        'is described by the page',
        { metadata: { authorization_endpoint: `${pool}/oauth2/authorize` } },
        ["'self'", `'self' ${pool}`],
      ],
      ['is described by the page in part', { metadata: {} }, [`'self' ${login}`, `'self' ${login}`]],
      ['is on this origin', { page: `${login}/account`, redirectUri: '/callback.html' }, ["'self'", "'self'"]],
      ['is on the origin of the redirect URI', { redirectUri: `${login}/callback.html` }, ["'self'", "'self'"]],
      [
        'is on loopback',
        { authority: 'http://localhost:9000' },
        ["'self' http://localhost:9000", "'self' http://localhost:9000"],
      ],
      [
        'is at the address of loopback',
        { authority: 'http://127.0.0.1:9000' },
        ["'self' http://127.0.0.1:9000", "'self' http://127.0.0.1:9000"],
      ],
    ] as ReadonlyArray<readonly [string, Partial<CspOptions>, readonly string[]]>) {
      it(what, () => expect(origins(options)).to.eql(wanted));
    }
  });

  it('writes addresses of the page’s own origin as it', () => {
    const own = {
      page: 'https://www.example.com/account',
      bundle: 'https://www.example.com/gc.js',
      scriptUrl: '/genesys.js',
    };
    const { page } = cspFor({ environment, ...own, redirectUri: 'https://www.example.com/callback.html' });
    expect(page['script-src']).to.eql(["'self'", 'https://apps.mypurecloud.ie', 'https://apps.euw1.pure.cloud']);
    expect(policyText(page)).not.to.contain('www.example.com');
  });

  it('allows a stand-in for Genesys Cloud on loopback, with its socket', () => {
    const page = pageFor({ scriptUrl: 'http://localhost:7000/genesys.min.js' });
    expect(page['script-src']).to.include('http://localhost:7000');
    expect(page['connect-src']).to.include.members(['http://localhost:7000', 'ws://localhost:7000']);
  });

  it('allows another host of the script for nothing else', () => {
    const page = pageFor({ scriptUrl: 'https://proxy.example/genesys.min.js' });
    expect(page['script-src']).to.include('https://proxy.example');
    expect(page['connect-src']?.join(' ')).not.to.contain('proxy.example');
  });

  it('accepts every attribute of the tag; those that concern no policy change nothing', () => {
    const ofElement = Object.entries(ConfiguredElement.properties as Record<string, { attribute?: string | false }>)
      .filter(([, { attribute }]) => attribute !== false)
      .map(([property, { attribute }]) => attribute || property);
    expect([...attributeNames].sort()).to.eql([...ofElement, 'lang', 'nonce'].sort());

    const concerned = [
      'environment',
      'authority',
      'metadata-url',
      'sign-in-modes',
      'redirect-uri',
      'storage-access-uri',
      'script-url',
      'nonce',
    ];
    const others = attributeNames.filter((name) => !concerned.includes(name));
    expect(others.length).to.equal(attributeNames.length - concerned.length);
    const options = Object.fromEntries(others.map((name) => [propertyOf(name), "x; script-src 'unsafe-inline'"]));
    expect(cspFor({ environment, authority, ...options })).to.eql(cspFor({ environment, authority }));
  });
});
