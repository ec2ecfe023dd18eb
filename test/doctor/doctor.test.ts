import { expect } from '@open-wc/testing';
import { attributeNames, propertyOf } from '../../src/doctor/attribute-names.js';
import { examine, findingIds, subjects } from '../../src/doctor/doctor.js';
import type { Answer, Facts } from '../../src/doctor/facts.js';
import { isPlaceholder } from '../../src/doctor/leftover.js';
import { checksOf, subject } from '../../src/doctor/subject.js';
import { gather } from '../../src/doctor/gather.js';
import { rawOf, readTag } from '../../src/doctor/read-tag.js';
import { GcAuthMessenger } from '../../src/element/gc-auth-messenger.js';
import { pageAddress } from '../../src/page/address.js';
import { configOf, deploymentId } from '../support/fixtures.js';

const answer = (changes: Partial<Answer> = {}): Answer => ({
  url: 'https://www.example.com/',
  status: 200,
  headers: {},
  body: '',
  ...changes,
});

/** The scope of the fixture is that of the element's default. */
const findings = (facts: Facts) =>
  examine(facts).checks.filter(({ id, why }) => why !== undefined && id !== 'scope-recommended');

const ids = (facts: Facts) => findings(facts).map(({ id }) => id);

describe('examine()', () => {
  it('never takes a missing fact for a fault', () => {
    const page = { url: 'https://www.example.com/' };
    for (const facts of [{}, { config: configOf() }, { page }, { config: configOf(), page, configFaults: [] }]) {
      const { ok, checks } = examine(facts);
      expect(ok).to.equal(true);
      expect(checks.filter((check) => check.ok === false)).to.eql([]);
    }
  });

  it('says of a subject that throws why it could not be looked at, and tells of the others', () => {
    const { ok, checks } = examine({ config: configOf(), page: { url: 'no URL', answer: answer() } });
    expect(ok).to.equal(true);
    expect(checks.map(({ name }) => name)).to.include.members(['scope', 'storage']);
    const failing = subject({
      id: 'a',
      name: 'b',
      findings: {},
      examine: () => {
        throw new TypeError('Invalid URL');
      },
    });
    const found = 'it could not be looked at: Invalid URL';
    expect(checksOf(failing, {})).to.eql([{ id: 'a', name: 'b', ok: undefined, found }]);
  });

  it('has one name for each finding and each subject', () => {
    const names = [...findingIds, ...subjects.map(({ id }) => id)];
    expect(new Set(names).size).to.equal(names.length);
    for (const id of names) expect(id).to.match(/^[a-z]+(-[a-z]+)*$/);
  });

  it('names the region that has the deployment', () => {
    const missing = answer({ status: 404 });
    const [finding, ...others] = findings({
      config: configOf(),
      deployment: { domains: missing, config: missing, foundIn: 'prod-euc1' },
    });
    expect(others).to.eql([]);
    expect(finding).to.include({ id: 'deployment-region', hint: 'Set environment="prod-euc1".' });
  });

  it('names a script of another region, but not one of the other domain of a region', () => {
    const withScript = (host: string) =>
      configOf({
        genesys: { ...configOf().genesys, scriptUrl: `https://apps.${host}/genesys-bootstrap/genesys.min.js` },
      });
    expect(ids({ config: withScript('mypurecloud.de') })).to.eql(['script-region']);
    expect(ids({ config: withScript('euw1.pure.cloud') })).to.eql([]);
  });

  it('does not ask for a provider where a codeProvider takes its place', () => {
    const { oidc } = configOf();
    const config = configOf({ codeProvider: true, oidc: { ...oidc, authority: '', clientId: '' } });
    const { checks } = examine({ config, configFaults: [] });
    expect(checks.find(({ name }) => name === 'discovery document')).to.include({
      ok: undefined,
      found: 'replaced by codeProvider, which is not called here',
    });
    expect(checks.map(({ name }) => name)).not.to.include.members(['scope', 'callback page', 'authorization endpoint']);
  });

  it('recommends the scopes that agents and Genesys can use, each with its reason', () => {
    const { oidc } = configOf();
    const scopeCheck = (scope: string) =>
      examine({ config: configOf({ oidc: { ...oidc, scope } }) }).checks.find(({ name }) => name === 'scope');
    const bare = scopeCheck('openid');
    expect([bare?.ok, bare?.found]).to.eql([true, 'scope is “openid”.']);
    expect(bare?.hint).to.contain('scope="openid profile email offline_access"');
    expect(bare?.hint).to.match(/profile: agents.*email: agents.*offline_access: Genesys/);
    expect(scopeCheck('openid profile email')?.hint)
      .to.match(/offline_access: /)
      .and.not.match(/email: /);
    expect(scopeCheck('openid profile email offline_access')).not.to.have.property('hint');
  });

  it('says whether the provider can sign people out', () => {
    const metadata = { issuer: 'https://login.example.com', authorization_endpoint: 'https://login.example.com/a' };
    const found = (more: object) =>
      examine({ config: configOf(), metadata: { ...metadata, ...more } }).checks.find(({ id }) => id === 'discovery')
        ?.found;
    expect(found({ end_session_endpoint: 'https://login.example.com/end' })).to.include(' with end_session');
    expect(found({})).to.include(' without end_session');
  });

  it('tells a device whose clock is wrong from a provider whose clock is', () => {
    const at = (minutes: number) => answer({ clockAheadMs: minutes * 60_000 });
    const clocks = (page: number, provider: number) =>
      ids({ page: { url: 'https://www.example.com/', answer: at(page) }, authorize: at(provider) });
    expect(clocks(0, 0)).to.eql([]);
    expect(clocks(1, -0.5)).to.eql([]);
    expect(clocks(60, 61)).to.eql(['clock-device']);
    expect(clocks(0, 10)).to.eql(['clock-provider']);
  });
});

describe('the policy of the page', () => {
  const csp = (policy: string, nonce?: string) => {
    const config = configOf({ genesys: { ...configOf().genesys, nonce } });
    const page = {
      url: 'https://www.example.com/',
      answer: answer({ headers: { 'content-security-policy': policy } }),
    };
    return findings({ config, page });
  };

  const needed = [
    "script-src 'self' https://apps.mypurecloud.ie",
    'connect-src https://login.example.com https://api-cdn.mypurecloud.ie https://api.mypurecloud.ie wss://webmessaging.mypurecloud.ie',
    "frame-src 'self' https://login.example.com https://apps.mypurecloud.ie",
    'img-src data: https://apps.mypurecloud.ie',
  ];

  it('needs the first domain of a region, and not its upload host', () => expect(csp(needed.join(';'))).to.eql([]));

  for (const [index, directive] of ['script-src', 'connect-src', 'frame-src', 'img-src'].entries()) {
    it(`names what ${directive} lacks, and only that`, () => {
      const policy = needed.map((each, at) => (at === index ? `${directive} https://other.example` : each));
      const found = csp(policy.join(';'));
      expect(found.map(({ id }) => id)).to.eql([`csp-${directive}`]);
      expect(found[0]!.hint).to.match(new RegExp(`^Add to ${directive}: .*mypurecloud\\.ie`));
    });
  }

  it('is fine with a nonce, with strict-dynamic, with schemes and with wildcards', () => {
    for (const [policy, nonce] of [
      ["script-src 'nonce-abc'", 'abc'],
      ["script-src 'nonce-abc' 'strict-dynamic'"],
      ["script-src 'sha256-AAAA' 'strict-dynamic' https:"],
      ['default-src https: wss: data:'],
      ["default-src 'self' data: https://*.mypurecloud.ie wss://*.mypurecloud.ie https://login.example.com"],
      ["default-src 'none'; script-src *; connect-src *; child-src *; img-src * data:"],
      ["object-src 'none'; base-uri 'none'; frame-ancestors 'none'"],
      ["require-trusted-types-for 'script'"],
      ["require-trusted-types-for 'script'; trusted-types gc-auth-messenger lit-html"],
      ['trusted-types dompurify'],
    ] as const) {
      expect(csp(policy, nonce), policy).to.eql([]);
    }
  });

  it('finds what one of several policies refuses', () => {
    expect(csp("default-src * data:, img-src 'none'").map(({ id }) => id)).to.eql(['csp-img-src']);
  });

  for (const host of ['http://[::1]:8080', 'https://my_provider.example', 'https://10.1.2.3']) {
    it(`is judged with a provider, a page for storage access and a script at ${host}, which no policy can name`, () => {
      const { oidc, genesys } = configOf();
      const config = configOf({
        oidc: { ...oidc, authority: host },
        genesys: { ...genesys, scriptUrl: `${host}/genesys.min.js` },
        storageAccessUri: `${host}/storage-access`,
      });
      const findingsOf = (policy: string) => {
        const headers = { 'content-security-policy': policy };
        return findings({ config, page: { url: 'https://www.example.com/', answer: answer({ headers }) } });
      };
      expect(findingsOf('default-src * data:; connect-src *')).to.eql([]);
      const refused = findingsOf(needed.join(';').replaceAll('https://login.example.com', ''));
      expect(refused.map(({ id }) => id)).to.eql(['csp-script-src', 'csp-connect-src', 'csp-frame-src']);
      for (const { hint } of refused) expect(hint).to.contain(host);
    });
  }

  it('lets a stand-in on this device have its requests, its socket and its frames', () => {
    const stand = 'http://localhost:8082';
    const config = configOf({ genesys: { ...configOf().genesys, scriptUrl: `${stand}/genesys.min.js` } });
    const headers = { 'content-security-policy': needed.join(';') };
    const refused = findings({ config, page: { url: 'https://www.example.com/', answer: answer({ headers }) } });
    expect(refused.map(({ hint }) => hint)).to.eql([
      `Add to script-src: ${stand}/genesys.min.js`,
      `Add to connect-src: ${stand} ws://localhost:8082`,
      `Add to frame-src: ${stand}`,
    ]);
  });

  it('is not judged by what is only reported', () => {
    const headers = { 'content-security-policy-report-only': "default-src 'none'" };
    expect(ids({ config: configOf(), page: { url: 'https://a.example/', answer: answer({ headers }) } })).to.eql([]);
  });
});

describe('gather()', () => {
  it('leaves out what fails, and keeps the rest', async () => {
    const attributes = {
      'deployment-id': deploymentId,
      environment: 'prod',
      authority: 'https://login.example.com',
      'client-id': 'a',
    };
    const look = (url: string) =>
      url.includes('login.example.com') ? Promise.reject(new Error('no')) : Promise.resolve(answer({ url }));
    const facts = await gather({ raw: rawOf(attributes), attributes, address: pageAddress(window), look });
    expect(facts).to.include.keys('config', 'script', 'deployment').and.not.have.property('discovery');
  });
});

describe('readTag()', () => {
  it('finds every fault, and keeps what is right', () => {
    const raw = { deploymentId, environment: 'mars', clientId: undefined, authority: 'ftp://x', scope: 'openid email' };
    const { config, configFaults, broken } = readTag(raw, pageAddress(window));
    expect(configFaults.map(({ attribute, missing }) => [attribute, missing])).to.eql([
      ['environment', false],
      ['authority', false],
      ['client-id', true],
    ]);
    expect(broken).to.eql(['environment', 'authority', 'clientId']);
    expect(config?.genesys.deploymentId).to.equal(deploymentId);
    expect(config?.oidc.scope).to.equal('openid email');
  });

  it('ends where no value can help', () => {
    const page = { href: 'about:blank', parse: () => undefined };
    expect(readTag({ deploymentId }, page).config).to.equal(undefined);
  });
});

describe('the names of the attributes', () => {
  it('are those of the element', () => {
    const observed = [...new Set([...GcAuthMessenger.observedAttributes, 'nonce'])];
    expect([...attributeNames].sort()).to.eql(observed.sort());
    expect(propertyOf('post-logout-redirect-uri')).to.equal('postLogoutRedirectUri');
  });
});

describe('isPlaceholder()', () => {
  for (const value of [
    ...[
      'YOUR_CLIENT_ID',
      'your-client-id',
      '<client-id>',
      '{{clientId}}',
      '{{ client_id }}',
      '${CLIENT_ID}',
      '$(clientId)',
    ],
    ...['%CLIENT_ID%', '__CLIENT_ID__', '[[client]]', 'CLIENT_ID', 'TODO', 'changeme', 'xxxx', '3f0c…-…', '...'],
    ...['https://your-tenant.example.com', 'https://{tenant}.okta.com', 'https://yourdomain.okta.com'],
    '00000000-0000-0000-0000-000000000000',
    'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
    ...['YOUR_CLIENT', 'TENANT_DOMAIN', 'DEPLOYMENT_ID_HERE', 'REPLACE_ME', 'ISSUER_URL', 'IDP_HOST'],
    ...['$CLIENT_ID', '#{client}', '{% client %}', '<%= client %>', 'claims={claims}'],
  ]) {
    it(`takes ${value} for one`, () => expect(isPlaceholder(value)).to.equal(true));
  }

  for (const value of [
    ...[
      'messenger-web',
      '0oa1b2c3',
      'prod',
      'openid profile',
      'todo-app',
      'https://yourbank.example',
      '../callback.html',
    ],
    ...['https://login.example.com/a%20b', 'audience=https%3A%2F%2Fapi.example', 'A1', 'MESSENGER', deploymentId],
    // Names that clients have in PingFederate and Keycloak.
    ...['GENESYS_MESSENGER', 'WEB_CLIENT', 'ID_PORTAL', 'HOST_APP_2', 'YOUR2_ID', 'PUTNEY_SHOP'],
    ...['claims={"userinfo":{"email":null}}', 'claims={"id_token":{"acr":{"values":["urn:a"]}}}', 'a={}'],
  ]) {
    it(`takes ${value} for a value`, () => expect(isPlaceholder(value)).to.equal(false));
  }

  it('finds nothing wrong with a client and claims that the element sends', () => {
    const attributes = {
      'deployment-id': deploymentId,
      environment: 'prod-euw1',
      authority: 'https://login.example.com',
      'client-id': 'GENESYS_MESSENGER',
      'authorize-params': 'claims={"userinfo":{"email":null}}',
    };
    const { config, configFaults, broken } = readTag(rawOf(attributes), pageAddress(window));
    expect([configFaults, broken]).to.eql([[], []]);
    expect(config?.oidc.clientId).to.equal('GENESYS_MESSENGER');
  });
});
