import { expect } from '@open-wc/testing';
import type { Config } from '../../src/core/config.js';
import type { GcAuthError } from '../../src/core/errors.js';
import { GcAuthMessenger } from '../../src/element/gc-auth-messenger.js';
import { configOf, deploymentId } from '../support/fixtures.js';
import { clearAway, elementUnderTest, leastAttributes, place, placedWith } from '../support/harness-element.js';
import { turns } from '../support/turns.js';

afterEach(clearAway);

const rows: ReadonlyArray<
  readonly [
    attribute: string,
    property: keyof GcAuthMessenger,
    text: string,
    of: (config: Config) => unknown,
    means: unknown,
  ]
> = [
  ['deployment-id', 'deploymentId', deploymentId, ({ genesys }) => genesys.deploymentId, deploymentId],
  ['environment', 'environment', 'use1', ({ genesys }) => genesys.environment, 'prod'],
  ['script-url', 'scriptUrl', '/g.js', ({ genesys }) => genesys.scriptUrl, `${location.origin}/g.js`],
  ['loading', 'loading', 'eager', ({ loading }) => loading, 'eager'],
  ['authority', 'authority', 'https://id.example', ({ oidc }) => oidc.authority, 'https://id.example'],
  ['client-id', 'clientId', 'other', ({ oidc }) => oidc.clientId, 'other'],
  ['redirect-uri', 'redirectUri', '/cb.html', ({ oidc }) => oidc.redirectUri, `${location.origin}/cb.html`],
  ['scope', 'scope', 'openid offline_access', ({ oidc }) => oidc.scope, 'openid offline_access'],
  ['sign-in-modes', 'signInModes', 'popup', ({ signInModes }) => signInModes, ['popup']],
  ['authorize-params', 'authorizeParams', 'a=b', ({ oidc }) => oidc.authorizeParams, [['a', 'b']]],
  ['login-hint', 'loginHint', 'ada', ({ oidc }) => oidc.loginHint, 'ada'],
  ['acr-values', 'acrValues', 'mfa', ({ oidc }) => oidc.acrValues, 'mfa'],
  ['max-age', 'maxAge', '60', ({ oidc }) => oidc.maxAge, 60],
  ['ui-locales', 'uiLocales', 'de', ({ oidc }) => oidc.uiLocales, 'de'],
  ['response-mode', 'responseMode', 'query', ({ oidc }) => oidc.responseMode, 'query'],
  ['metadata-url', 'metadataUrl', 'https://id.example/m', ({ oidc }) => oidc.metadataUrl, 'https://id.example/m'],
  ['renew', 'renew', 'off', ({ renew }) => renew, 'off'],
  ['silent-timeout', 'silentTimeout', '3', ({ silentTimeoutMs }) => silentTimeoutMs, 3_000],
  ['popup-timeout', 'popupTimeout', '30', ({ popupTimeoutMs }) => popupTimeoutMs, 30_000],
  [
    'post-logout-redirect-uri',
    'postLogoutRedirectUri',
    'https://x.example/bye',
    ({ oidc }) => oidc.postLogoutRedirectUri,
    'https://x.example/bye',
  ],
  ['nonce', 'nonce', 'r4nd0m', ({ genesys }) => genesys.nonce, 'r4nd0m'],
];

describe('the configuration of <gc-auth-messenger>', () => {
  for (const [attribute, property, text, of, means] of rows) {
    it(`takes ${attribute}`, async () => {
      const { configs, element } = await placedWith({ [attribute]: text });
      expect(element[property]).to.equal(text);
      expect(of(configs.at(-1)!)).to.eql(means);
    });

    it(`takes the property ${property}`, async () => {
      const under = elementUnderTest();
      under.element.removeAttribute(attribute);
      Object.assign(under.element, { [property]: text });
      await place(under);
      expect(of(under.configs.at(-1)!)).to.eql(means);
    });
  }

  for (const [attribute, property, of] of [
    ['debug', 'debug', ({ genesys }: Config) => genesys.debug],
    ['disable-pkce', 'disablePkce', ({ oidc }: Config) => oidc.disablePkce],
  ] as const) {
    it(`takes ${attribute}: present or absent; "false" is absent`, async () => {
      const { configs, element } = await placedWith({ [attribute]: '' });
      expect([element[property], of(configs.at(-1)!)]).to.eql([true, true]);
      element.setAttribute(attribute, 'false');
      await element.updateComplete;
      expect([element[property], of(configs.at(-1)!)]).to.eql([false, false]);
      element[property] = true;
      await element.updateComplete;
      expect(of(configs.at(-1)!)).to.equal(true);
      element.setAttribute(attribute, '');
      element.removeAttribute(attribute);
      await element.updateComplete;
      expect(of(configs.at(-1)!)).to.equal(false);
    });
  }

  it('takes a scriptUrl on any https host, when script sets the property', async () => {
    const under = elementUnderTest();
    under.element.scriptUrl = 'https://x.example/g.js';
    await place(under);
    expect(under.configs[0]!.genesys.scriptUrl).to.equal('https://x.example/g.js');
    under.element.setAttribute('script-url', 'https://y.example/g.js');
    await under.element.updateComplete;
    expect(under.told().at(-1), 'the attribute is set last').to.equal('gc-error config-invalid');
    under.element.scriptUrl = 'https://y.example/g.js';
    await under.element.updateComplete;
    expect(under.configs.at(-1)!.genesys.scriptUrl, 'the same text, but set by script').to.equal(
      'https://y.example/g.js',
    );
  });

  it('takes metadata', async () => {
    const under = elementUnderTest();
    const metadata = { authorization_endpoint: 'https://login.example.com/a' };
    under.element.metadata = metadata;
    await place(under);
    expect(under.configs[0]!.oidc.metadata).to.equal(metadata);
  });

  it('takes codeProvider in the place of authority, client-id and the rungs', async () => {
    const under = elementUnderTest({ 'sign-in-modes': 'redirect' });
    for (const name of ['authority', 'client-id']) under.element.removeAttribute(name);
    under.element.codeProvider = () => Promise.reject(new Error());
    await place(under);
    expect(under.configs[0]).to.deep.include({ codeProvider: true, signInModes: ['silent', 'popup'] });
    expect(under.events.filter(({ type }) => type === 'gc-error')).to.eql([]);
  });

  it('goes on with another codeProvider function: frameworks write one at each render', async () => {
    const under = elementUnderTest();
    under.element.codeProvider = () => Promise.reject(new Error());
    await place(under);
    under.element.codeProvider = () => Promise.reject(new Error());
    await under.element.updateComplete;
    expect(under.sessions).to.have.lengthOf(1);
  });

  it('begins anew when codeProvider is set or removed: the codes may be another person’s', async () => {
    const under = elementUnderTest();
    await place(under);
    under.element.codeProvider = () => Promise.reject(new Error());
    await under.element.updateComplete;
    expect(under.sessions).to.have.lengthOf(2);
    under.element.codeProvider = null as never;
    await under.element.updateComplete;
    expect(under.configs.map(({ codeProvider }) => codeProvider)).to.eql([false, true, false]);
    expect(new Set(under.configs.map(({ identity }) => identity)).size).to.equal(2);
    expect(under.messenger.connected).to.equal(1);
  });

  it('calls the latest codeProvider', async () => {
    const called: string[] = [];
    const provider = (name: string) => (): Promise<never> => {
      called.push(name);
      return Promise.reject(new Error());
    };
    const element = new GcAuthMessenger();
    element.codeProvider = provider('first');
    const session = element.createSession(configOf({ codeProvider: true }));
    element.codeProvider = provider('latest');
    session.options.ports.code.silent('test').subscribe({ error: () => undefined });
    await turns();
    expect(called).to.eql(['latest']);
  });

  it('counts what was set before the tag was defined', async () => {
    const configs: Config[] = [];
    class Late extends GcAuthMessenger {
      override createSession = (config: Config) => {
        configs.push(config);
        return elementUnderTest().element.createSession(config);
      };
    }
    const element = Object.assign(document.createElement('gc-auth-messenger-late'), {
      clientId: 'early',
      scriptUrl: 'https://x.example/g.js',
      scope: 'openid early',
      ...{ deploymentId, environment: 'prod', authority: 'https://login.example.com' },
    });
    document.body.append(element);
    customElements.define('gc-auth-messenger-late', Late);
    await (element as unknown as Late).updateComplete;
    await turns(1);
    element.remove();
    expect(configs[0]?.oidc).to.include({ clientId: 'early', scope: 'openid early' });
    expect(configs[0]?.genesys.scriptUrl, 'set by script').to.equal('https://x.example/g.js');
  });

  it('goes back to the default when an attribute is removed', async () => {
    const { configs, element } = await placedWith({ scope: 'openid x' });
    element.removeAttribute('scope');
    await element.updateComplete;
    expect(configs.map(({ oidc }) => oidc.scope)).to.eql(['openid x', 'openid']);
  });

  it('begins anew with the latest of what changed together', async () => {
    const { configs, element, sessions, messenger } = await placedWith();
    element.scope = 'one';
    element.clientId = 'other';
    element.scope = 'openid two';
    await element.updateComplete;
    expect(configs).to.have.lengthOf(2);
    expect(configs[1]!.oidc).to.include({ scope: 'openid two', clientId: 'other' });
    expect(sessions).to.have.lengthOf(2);
    expect(messenger.connected).to.equal(1);
  });

  it('goes on when a change means the same', async () => {
    const { sessions, element } = await placedWith();
    element.setAttribute('environment', 'euw1');
    element.setAttribute('silent-timeout', '10');
    element.strings = { signIn: 'Hello' };
    await element.updateComplete;
    expect(sessions).to.have.lengthOf(1);
  });
});

describe('a <gc-auth-messenger> that is not configured', () => {
  for (const [attribute, wrong, found] of [
    ['deployment-id', undefined, 'nothing'],
    ['deployment-id', 'shop', '“shop”'],
    ['environment', 'mars', '“mars”'],
    ['authority', 'http://login.example.com', '“http://login.example.com”'],
    ['client-id', '', 'nothing'],
    ['script-url', 'https://x.example/g.js', '“https://x.example/g.js”'],
    ['script-url', '//x.example/g.js', '“//x.example/g.js”'],
    ['loading', 'constructor', '“constructor”'],
    ['renew', '__proto__', '“__proto__”'],
    ['response-mode', 'toString', '“toString”'],
    ['sign-in-modes', 'constructor', '“constructor”'],
    ['environment', '__proto__', '“__proto__”'],
  ] as const) {
    it(`says so: ${attribute} ${wrong ?? 'is absent'}`, async () => {
      const under = elementUnderTest(wrong === undefined ? {} : { [attribute]: wrong });
      if (wrong === undefined) under.element.removeAttribute(attribute);
      await place(under);
      expect(under.element.state).to.equal('failed');
      expect(under.element.matches(':state(failed)')).to.equal(true);
      const errors = under.events.filter(({ type }) => type === 'gc-error');
      expect(errors).to.have.lengthOf(1);
      const error = errors[0]!.detail as GcAuthError;
      expect(error.code).to.equal('config-invalid');
      expect(error.message).to.contain(`Attribute ${attribute}: found ${found}`);
      expect(under.sessions).to.have.lengthOf(0);
      expect(under.part('prompt')).to.equal(null);
    });
  }

  it('rejects every call with that error', async () => {
    const { element } = await placedWith({ environment: 'mars' });
    for (const call of [
      () => element.signIn(),
      () => element.signOut(),
      () => element.refresh(),
      () => element.reauthenticate(),
      () => element.stepUp(),
      () => element.open(),
      () => element.close(),
      () => element.command('Launcher.hide'),
    ]) {
      const error = await call().then(
        () => undefined,
        (thrown: GcAuthError) => thrown,
      );
      expect(error?.code).to.equal('config-invalid');
    }
  });

  it('begins when the fault is mended', async () => {
    const { element, sessions, told } = await placedWith({ environment: 'mars' });
    element.environment = 'prod-euw1';
    await element.updateComplete;
    expect(sessions).to.have.lengthOf(1);
    expect(told()).to.eql(['gc-state-change failed', 'gc-error config-invalid', 'gc-state-change loading']);
  });

  it('stops when a fault is made', async () => {
    const { element, messenger, signedIn } = await placedWith();
    await signedIn();
    element.removeAttribute('client-id');
    await element.updateComplete;
    expect(messenger.connected).to.equal(0);
    expect(element.state).to.equal('failed');
  });

  it('lets go of Messenger when no session can be created, so that another element can work', async () => {
    const first = elementUnderTest();
    first.element.createSession = () => {
      throw new Error('no session');
    };
    await place(first);
    expect(first.told()).to.eql(['gc-state-change failed', 'gc-error config-invalid']);
    const second = await placedWith();
    expect(second.sessions).to.have.lengthOf(1);
  });

  it('leaves Messenger to the next element when its script-url is foreign', async () => {
    const injected = await placedWith({ 'script-url': 'https://evil.example/x.js' });
    const real = await placedWith();
    expect(injected.sessions).to.eql([]);
    expect(real.sessions).to.have.lengthOf(1);
  });

  for (const [what, wrong, shown] of [
    ['a text', 'Toaster.opened', 'Toaster.opened'],
    ['a name without a plugin', ['opened'], 'opened'],
    ['something else than texts', ['Toaster.opened', {}], 'object'],
    ['a name with a space', ['Toaster.opened '], 'Toaster.opened '],
    ['a name of three parts', ['Toaster.opened.now'], 'Toaster.opened.now'],
    ['an array with a hole', Object.assign(['Toaster.opened'], { length: 2 }), 'undefined'],
    ['a symbol, which is no text', [Symbol('opened')], 'symbol'],
    ['an object without a prototype', Object.create(null) as object, 'object'],
  ] as const) {
    it(`says so: messengerEvents is ${what}`, async () => {
      const under = elementUnderTest();
      Object.assign(under.element, { messengerEvents: wrong });
      await place(under);
      const { code, message } = under.events.at(-1)!.detail as GcAuthError;
      expect(code).to.equal('config-invalid');
      expect(message).to.contain(`Property messengerEvents: found “${shown}”, wanted an array of event names`);
    });
  }

  it('takes the names of more events, each once', async () => {
    const under = elementUnderTest();
    under.element.messengerEvents = ['Engage.offered', 'Engage.offered'];
    await place(under);
    expect(under.configs[0]!.genesys.messengerEvents).to.eql(['Engage.offered']);
  });

  it('says so: codeProvider is no function', async () => {
    const under = elementUnderTest();
    Object.assign(under.element, { codeProvider: 'myProvider' });
    await place(under);
    const { code, message } = under.events.at(-1)!.detail as GcAuthError;
    expect(code).to.equal('config-invalid');
    expect(message).to.equal('Property codeProvider: found “string”, wanted a function.');
    expect(under.sessions).to.have.lengthOf(0);
    Object.assign(under.element, { codeProvider: undefined });
    await under.element.updateComplete;
    expect(under.sessions, 'begins when the fault is mended').to.have.lengthOf(1);
  });

  it('says so: no rung that is known', async () => {
    const { events, sessions } = await placedWith({ 'sign-in-modes': 'magic' });
    const { message } = events.at(-1)!.detail as GcAuthError;
    expect(message).to.contain('sign-in-modes').and.to.contain('“magic”');
    expect(sessions).to.have.lengthOf(0);
  });

  it('is looked at by the doctor', async () => {
    const { element } = await placedWith({ environment: 'mars' });
    const { ok, checks } = await element.diagnose();
    expect(ok).to.equal(false);
    expect(checks[0]).to.include({ name: 'configuration', ok: false });
  });
});

describe('a <gc-auth-messenger> outside the page', () => {
  it('rejects every call and does nothing', async () => {
    const { element, sessions, told } = elementUnderTest();
    const error = await element.refresh().catch((thrown: GcAuthError) => thrown);
    expect(error).to.include({ name: 'GcAuthError', code: 'command-failed' });
    expect(sessions).to.eql([]);
    expect(told()).to.eql([]);
    expect(element.state).to.equal('loading');
  });

  it('does nothing when its attributes change', async () => {
    const { element, sessions } = await placedWith();
    element.remove();
    await Promise.resolve();
    element.scope = 'openid x';
    await element.updateComplete;
    expect(sessions).to.have.lengthOf(1);
  });

  it('is made by a parser and by createElement alike', () => {
    const host = document.createElement('div');
    host.innerHTML = '<gc-auth-messenger></gc-auth-messenger>';
    expect(host.firstElementChild).to.be.instanceOf(GcAuthMessenger);
    expect(Object.keys(leastAttributes)).to.have.lengthOf(4);
  });
});
