import { expect } from '@open-wc/testing';
import { lastValueFrom } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import { connectTo, MessengerUnderTest } from '../support/messenger-under-test.js';

const jwt = `e30.${btoa('{"sub":"alice","exp":100}').replace(/=/g, '')}.signature`;

describe('MessengerHub', () => {
  it('changes nothing in the window before the first connection', () => {
    const { win } = new MessengerUnderTest();
    expect(win.document.scripts).to.have.length(0);
    expect(win).not.to.have.property('Genesys');
  });

  it('emits loaded, then auth-ready with Messenger’s own state', () => {
    const messenger = new MessengerUnderTest();
    messenger.genesys.data.set('Auth.authenticated', { truthy: 'object' });
    const connection = messenger.up();
    expect(connection.types).to.eql(['loaded', 'auth-ready']);
    expect(connection.facts.filter(({ type }) => type === 'auth-ready')).to.eql([
      { type: 'auth-ready', authenticated: true },
    ]);
  });

  it('tells the next connection that the window is open', () => {
    const messenger = new MessengerUnderTest();
    const first = messenger.up();
    messenger.genesys.publish('Messenger.opened', {});
    expect(first.facts).to.deep.include({ type: 'window', open: true });
    first.subscription.unsubscribe();
    const second = connectTo(messenger.port);
    expect(second.types).to.eql(['loaded', 'window', 'auth-ready']);
    messenger.genesys.publish('Messenger.closed', {});
    second.subscription.unsubscribe();
    expect(connectTo(messenger.port).types).to.eql(['loaded', 'auth-ready']);
  });

  it('reports whether the deployment allows to step up', () => {
    const messenger = new MessengerUnderTest();
    const connection = connectTo(messenger.port);
    messenger.genesys.load().configure({ auth: { enabled: true, allowSessionUpgrade: true } });
    expect(connection.facts).to.deep.include({ type: 'loaded', allowSessionUpgrade: true });
  });

  it('counts Messenger as loaded on Auth.ready, and reads the configuration from the data model', () => {
    const messenger = new MessengerUnderTest();
    messenger.genesys.data.set('GenesysJS.deploymentConfig', { auth: { allowSessionUpgrade: true } });
    const connection = connectTo(messenger.port);
    messenger.genesys.load().republish('Auth.ready');
    expect(connection.facts.filter(({ type }) => type !== 'event')).to.eql([
      { type: 'loaded', allowSessionUpgrade: true },
      { type: 'auth-ready', authenticated: false },
    ]);
  });

  for (const version of [undefined, 0, 1, '2']) {
    it(`does not use the hub of another version of the bundle: ${JSON.stringify(version)}`, async () => {
      const messenger = new MessengerUnderTest();
      Object.assign(messenger.win, { [Symbol.for('gc-auth-messenger:hub')]: { version, start: () => expect.fail() } });
      const error = (await lastValueFrom(messenger.port.connect()).catch((thrown: unknown) => thrown)) as GcAuthError;
      expect([error.code, error.hint]).to.eql(['provider-taken', 'Load one version of the bundle.']);
    });
  }

  it('publishes events that the page has named, also a page that names them later', () => {
    const messenger = new MessengerUnderTest({ config: { messengerEvents: ['Engage.offered', 'Auth.ready'] } });
    const first = messenger.up();
    messenger.genesys.publish('Engage.offered', { jwt: 'secret' });
    messenger.genesys.publish('Journey.qualified', {});
    expect(first.facts.filter(({ type }) => type === 'event').map((fact) => 'name' in fact && fact.name)).to.include(
      'Engage.offered',
    );
    expect(JSON.stringify(first.facts)).not.to.contain('secret').and.not.to.contain('Journey');
    first.subscription.unsubscribe();
    const second = connectTo(messenger.anotherPort({ messengerEvents: ['Engage.offered', 'Journey.qualified'] }));
    messenger.genesys.publish('Engage.offered', {});
    messenger.genesys.publish('Journey.qualified', {});
    const names = second.facts.flatMap((fact) => (fact.type === 'event' ? [fact.name] : []));
    expect(names, 'each once').to.eql(['Engage.offered', 'Journey.qualified']);
  });

  it('subscribes and registers once for all connections', () => {
    const messenger = new MessengerUnderTest();
    messenger.up().subscription.unsubscribe();
    const before = messenger.genesys.subscriptions.length;
    connectTo(messenger.port);
    connectTo(messenger.anotherPort());
    messenger.genesys.flush();
    expect(messenger.genesys.subscriptions).to.have.length(before);
    expect(messenger.genesys.readyWith).to.have.length(1);
    expect(messenger.win.document.scripts).to.have.length(1);
  });

  it('first emits to a late subscriber the facts that hold, in order', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    messenger.genesys.publish('Auth.authenticated', { jwt });
    messenger.genesys.call('getAuthCode');
    const late = connectTo(messenger.port);
    expect(late.types).to.eql(['loaded', 'auth-ready', 'authenticated', 'plugin-called']);
    expect(late.facts[2]).to.eql({
      type: 'authenticated',
      token: { jwt, claims: { sub: 'alice', exp: 100 } },
    });
  });

  it('forgets the JWT when Messenger signs out', () => {
    const messenger = new MessengerUnderTest();
    const connection = messenger.up();
    messenger.genesys.publish('Auth.authenticated', { jwt }).publish('Auth.loggedOut', { status: 200 });
    expect(connection.types.slice(2)).to.eql(['authenticated', 'logged-out']);
    expect(connectTo(messenger.port).types).to.eql(['loaded', 'auth-ready']);
  });

  it('keeps facts back until loaded', () => {
    const messenger = new MessengerUnderTest();
    const connection = connectTo(messenger.port);
    messenger.genesys.load();
    messenger.genesys.publish('Auth.authenticated', { jwt });
    messenger.genesys.call('getAuthCode');
    expect(connection.types).to.eql([]);
    messenger.genesys.configure();
    expect(connection.types).to.eql(['loaded', 'authenticated', 'plugin-called']);
  });

  it('emits nothing after unsubscribe', () => {
    const messenger = new MessengerUnderTest();
    const connection = messenger.up();
    const before = connection.facts.length;
    connection.subscription.unsubscribe();
    messenger.genesys.publish('Auth.loggedOut');
    expect(connection.facts).to.have.length(before);
  });

  it('emits every event without secrets, replayed or live', () => {
    const messenger = new MessengerUnderTest();
    const connection = messenger.up();
    messenger.genesys.publish('Auth.authenticating', { authCode: 'c0de', redirectUri: 'https://shop.example/' });
    const events = connection.facts.filter((fact) => fact.type === 'event');
    expect(events.map(({ name }) => name)).to.eql([
      'GenesysJS.configurationReceived',
      'Auth.ready',
      'Auth.authenticating',
    ]);
    expect(events.at(-1)?.data).to.eql({ authCode: '…', redirectUri: 'https://shop.example/' });
  });

  it('reads a configuration that was published before it subscribed', () => {
    const messenger = new MessengerUnderTest();
    messenger.genesys.configure();
    const connection = connectTo(messenger.port);
    messenger.genesys.load();
    expect(connection.types).to.eql(['loaded']);
  });

  it('derives no fact from an authenticated event without a JWT', () => {
    const messenger = new MessengerUnderTest();
    const connection = messenger.up();
    messenger.genesys.publish('Auth.authenticated', { jwt: 5 }).publish('Auth.authenticated', 'text');
    expect(connection.types).to.eql(['loaded', 'auth-ready']);
  });

  it('has one deployment for the life of the page', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    const { error } = connectTo(messenger.anotherPort({ deploymentId: '00000000-0000-4000-8000-000000000002' }));
    expect(error).to.be.instanceOf(GcAuthError).and.include({ code: 'config-invalid' });
    expect(error?.message).to.contain('deployment-id').and.contain('…0002'.slice(1));
    expect(connectTo(messenger.anotherPort({ environment: 'prod' })).error?.message).to.contain('environment');
  });
});
