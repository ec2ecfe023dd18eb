import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { AuthProvider } from '../../src/genesys/auth-provider.js';
import { connectTo, MessengerUnderTest } from '../support/messenger-under-test.js';

const grant = { authCode: 'fresh', redirectUri: 'https://shop.example/callback.html' };

describe('AuthProvider', () => {
  it('registers all commands, then publishes ready once', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    expect(messenger.genesys.readyWith).to.eql([['getAuthCode', 'reAuthenticate', 'signIn', 'logoutOIDC']]);
  });

  it('turns each command into a plugin call with its own ID', () => {
    const messenger = new MessengerUnderTest();
    const connection = messenger.up();
    messenger.genesys.call('getAuthCode');
    messenger.genesys.call('getAuthCode', { forceUpdate: true });
    messenger.genesys.call('reAuthenticate', {});
    messenger.genesys.call('signIn', { forceUpdate: 'yes' });
    expect(connection.calls.map(({ command, forceUpdate }) => [command, forceUpdate])).to.eql([
      ['getAuthCode', false],
      ['getAuthCode', true],
      ['reAuthenticate', false],
      ['signIn', false],
    ]);
    expect(new Set(connection.calls.map(({ id }) => id))).to.have.property('size', 4);
  });

  it('settles each plugin call once and ignores later answers', () => {
    const messenger = new MessengerUnderTest();
    const connection = messenger.up();
    const settled = messenger.genesys.call('reAuthenticate');
    const id = connection.calls[0]!.id;
    messenger.port.answer(id, { grant });
    messenger.port.answer(id, { grant: { ...grant, authCode: 'second' } });
    messenger.port.answer(id, { error: new GcAuthError('login-required') });
    expect(settled).to.eql([{ resolved: grant }]);
  });

  it('rejects with a plain Error that has the message', () => {
    const messenger = new MessengerUnderTest();
    const connection = messenger.up();
    const settled = messenger.genesys.call('getAuthCode');
    messenger.port.answer(connection.calls[0]!.id, { error: new GcAuthError('login-required') });
    const [{ rejected } = { rejected: undefined }] = settled as Array<{ rejected: unknown }>;
    expect(rejected).to.be.instanceOf(Error).and.not.instanceOf(GcAuthError);
    expect((rejected as Error).message).to.equal('The person must sign in at the provider.');
  });

  describe('on a headless deployment', () => {
    const headless = {
      auth: { enabled: true },
      headlessMode: { enabled: true },
      messenger: { apps: { conversations: { autoStart: { enabled: true } } } },
    };

    it('sets configureOnly before ready, so that Messenger starts no conversation by itself', () => {
      const messenger = new MessengerUnderTest();
      connectTo(messenger.port);
      messenger.genesys.configure(headless).load();
      expect(messenger.genesys.settings).to.eql({ headless: { configureOnly: true } });
    });

    it('sets configureOnly although Messenger was on the page first', () => {
      const messenger = new MessengerUnderTest();
      messenger.genesys.data.set('GenesysJS.deploymentConfig', headless);
      connectTo(messenger.port);
      messenger.genesys.load();
      expect(messenger.genesys.settings).to.eql({ headless: { configureOnly: true } });
    });

    for (const [what, config] of Object.entries({
      'with a window': { ...headless, headlessMode: { enabled: false } },
      'without automatic start': { ...headless, messenger: { apps: { conversations: {} } } },
      'with data of another shape': { auth: { enabled: true }, headlessMode: null, messenger: null },
    })) {
      it(`does not set configureOnly on a deployment ${what}`, () => {
        const messenger = new MessengerUnderTest();
        connectTo(messenger.port);
        messenger.genesys.configure(config).load();
        expect(messenger.genesys.settings).to.equal(undefined);
        expect(messenger.genesys.readyWith).to.have.length(1);
      });
    }
  });

  it('resolves logoutOIDC at once', () => {
    const messenger = new MessengerUnderTest();
    const connection = messenger.up();
    expect(messenger.genesys.call('logoutOIDC')).to.eql([{ resolved: undefined }]);
    expect(connection.calls).to.eql([]);
  });

  it('does not replay an answered plugin call', () => {
    const messenger = new MessengerUnderTest();
    const connection = messenger.up();
    messenger.genesys.call('getAuthCode');
    messenger.port.answer(connection.calls[0]!.id, { grant });
    expect(connectTo(messenger.port).calls).to.eql([]);
  });

  it('publishes events, and ready again', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    messenger.port.publish('signedIn', grant);
    messenger.port.publishReady();
    expect(messenger.genesys.published).to.eql([{ event: 'signedIn', data: grant }]);
    expect(messenger.genesys.readyWith).to.have.length(2);
  });

  it('catches exceptions of the plugin object', () => {
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

  describe('without a connected element', () => {
    it('replays an open plugin call to an element that connects within a minute', () => {
      const messenger = new MessengerUnderTest();
      const first = messenger.up();
      first.subscription.unsubscribe();
      const settled = messenger.genesys.call('getAuthCode');
      messenger.time.advance(59_000);
      const second = connectTo(messenger.port);
      messenger.time.advance(600_000);
      expect(second.calls).to.have.length(1);
      expect(settled).to.eql([]);
    });

    it('rejects open plugin calls after a minute', () => {
      const messenger = new MessengerUnderTest();
      const connection = messenger.up();
      const before = messenger.genesys.call('reAuthenticate');
      connection.subscription.unsubscribe();
      const after = messenger.genesys.call('getAuthCode');
      messenger.time.advance(59_999);
      expect([...before, ...after]).to.eql([]);
      messenger.time.advance(1);
      expect([...before, ...after].map((one) => Object.keys(one))).to.eql([['rejected'], ['rejected']]);
      expect(connectTo(messenger.port).calls).to.eql([]);
    });

    it('rejects a later plugin call after a minute, too', () => {
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
