import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { AuthProvider } from '../../src/genesys/auth-provider.js';
import { listen, MessengerUnderTest } from '../support/messenger-under-test.js';

const grant = { authCode: 'fresh', redirectUri: 'https://shop.example/callback.html' };

describe('AuthProvider', () => {
  it('registers all commands flat, and says ready last and once', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    expect(messenger.genesys.readyWith).to.eql([['getAuthCode', 'reAuthenticate', 'signIn', 'logoutOIDC']]);
  });

  it('makes of each command an ask with a number of its own', () => {
    const messenger = new MessengerUnderTest();
    const told = messenger.up();
    messenger.genesys.call('getAuthCode');
    messenger.genesys.call('getAuthCode', { forceUpdate: true });
    messenger.genesys.call('reAuthenticate', {});
    messenger.genesys.call('signIn', { forceUpdate: 'yes' });
    expect(told.calls.map(({ command, forceUpdate }) => [command, forceUpdate])).to.eql([
      ['getAuthCode', false],
      ['getAuthCode', true],
      ['reAuthenticate', false],
      ['signIn', false],
    ]);
    expect(new Set(told.calls.map(({ id }) => id))).to.have.property('size', 4);
  });

  it('settles each ask once, whatever is answered later', () => {
    const messenger = new MessengerUnderTest();
    const told = messenger.up();
    const settled = messenger.genesys.call('reAuthenticate');
    const id = told.calls[0]!.id;
    messenger.port.answer(id, { grant });
    messenger.port.answer(id, { grant: { ...grant, authCode: 'second' } });
    messenger.port.answer(id, { error: new GcAuthError('login-required') });
    expect(settled).to.eql([{ resolved: grant }]);
  });

  it('rejects with a plain error that carries the sentence', () => {
    const messenger = new MessengerUnderTest();
    const told = messenger.up();
    const settled = messenger.genesys.call('getAuthCode');
    messenger.port.answer(told.calls[0]!.id, { error: new GcAuthError('login-required') });
    const [{ rejected } = { rejected: undefined }] = settled as Array<{ rejected: unknown }>;
    expect(rejected).to.be.instanceOf(Error).and.not.instanceOf(GcAuthError);
    expect((rejected as Error).message).to.equal('The person must sign in at the provider.');
  });

  describe('on a deployment without a window', () => {
    const headless = {
      auth: { enabled: true },
      headlessMode: { enabled: true },
      messenger: { apps: { conversations: { autoStart: { enabled: true } } } },
    };

    it('keeps Messenger from starting a conversation by itself, before it is ready', () => {
      const messenger = new MessengerUnderTest();
      listen(messenger.port);
      messenger.genesys.configure(headless).load();
      expect(messenger.genesys.settings).to.eql({ headless: { configureOnly: true } });
    });

    it('does so too where Messenger was on the page first', () => {
      const messenger = new MessengerUnderTest();
      messenger.genesys.data.set('GenesysJS.deploymentConfig', headless);
      listen(messenger.port);
      messenger.genesys.load();
      expect(messenger.genesys.settings).to.eql({ headless: { configureOnly: true } });
    });

    for (const [what, config] of Object.entries({
      'that has a window': { ...headless, headlessMode: { enabled: false } },
      'that starts nothing': { ...headless, messenger: { apps: { conversations: {} } } },
      'of another shape': { auth: { enabled: true }, headlessMode: null, messenger: null },
    })) {
      it(`sets nothing for one ${what}`, () => {
        const messenger = new MessengerUnderTest();
        listen(messenger.port);
        messenger.genesys.configure(config).load();
        expect(messenger.genesys.settings).to.equal(undefined);
        expect(messenger.genesys.readyWith).to.have.length(1);
      });
    }
  });

  it('answers logoutOIDC at once', () => {
    const messenger = new MessengerUnderTest();
    const told = messenger.up();
    expect(messenger.genesys.call('logoutOIDC')).to.eql([{ resolved: undefined }]);
    expect(told.calls).to.eql([]);
  });

  it('does not tell a late subscriber of an ask that was answered', () => {
    const messenger = new MessengerUnderTest();
    const told = messenger.up();
    messenger.genesys.call('getAuthCode');
    messenger.port.answer(told.calls[0]!.id, { grant });
    expect(listen(messenger.port).calls).to.eql([]);
  });

  it('publishes and says ready again when told to', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    messenger.port.publish('signedIn', grant);
    messenger.port.publishReady();
    expect(messenger.genesys.published).to.eql([{ event: 'signedIn', data: grant }]);
    expect(messenger.genesys.readyWith).to.have.length(2);
  });

  it('keeps what the plugin throws to itself', () => {
    const provider = new AuthProvider(() => {});
    const broken = (): never => {
      throw new Error('broken');
    };
    provider.ready();
    expect(provider.register({ registerCommand: () => {}, ready: broken, publish: broken, data: broken })).to.be.true;
    provider.ready();
    provider.publish('signedIn', grant);
    expect(provider.read('Auth.authenticated')).to.be.undefined;
    expect(provider.register(undefined)).to.be.false;
    expect(provider.register({})).to.be.false;
  });

  describe('with no element on the page', () => {
    it('keeps an ask for the element that comes within a minute', () => {
      const messenger = new MessengerUnderTest();
      const first = messenger.up();
      first.subscription.unsubscribe();
      const settled = messenger.genesys.call('getAuthCode');
      messenger.time.advance(59_000);
      const second = listen(messenger.port);
      messenger.time.advance(600_000);
      expect(second.calls).to.have.length(1);
      expect(settled).to.eql([]);
    });

    it('rejects an ask that nobody came for in a minute', () => {
      const messenger = new MessengerUnderTest();
      const told = messenger.up();
      const before = messenger.genesys.call('reAuthenticate');
      told.subscription.unsubscribe();
      const after = messenger.genesys.call('getAuthCode');
      messenger.time.advance(59_999);
      expect([...before, ...after]).to.eql([]);
      messenger.time.advance(1);
      expect([...before, ...after].map((one) => Object.keys(one))).to.eql([['rejected'], ['rejected']]);
      expect(listen(messenger.port).calls).to.eql([]);
    });

    it('bounds a later ask as well', () => {
      const messenger = new MessengerUnderTest();
      messenger.up().subscription.unsubscribe();
      messenger.genesys.call('getAuthCode');
      messenger.time.advance(60_000);
      const settled = messenger.genesys.call('getAuthCode');
      messenger.time.advance(60_000);
      expect(settled).to.have.length(1);
    });
  });
});
