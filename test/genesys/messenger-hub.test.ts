import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { listen, MessengerUnderTest } from '../support/messenger-under-test.js';

const jwt = `e30.${btoa('{"sub":"alice","exp":100}').replace(/=/g, '')}.signature`;

describe('the hub of a window', () => {
  it('does nothing before somebody connects', () => {
    const { win } = new MessengerUnderTest();
    expect(win.document.scripts).to.have.length(0);
    expect(win).not.to.have.property('Genesys');
  });

  it('tells loaded, then auth-ready with what Messenger believes', () => {
    const messenger = new MessengerUnderTest();
    messenger.genesys.data.set('Auth.authenticated', { truthy: 'object' });
    const told = messenger.up();
    expect(told.types).to.eql(['loaded', 'auth-ready']);
    expect(told.facts.filter(({ type }) => type === 'auth-ready')).to.eql([
      { type: 'auth-ready', authenticated: true },
    ]);
  });

  it('tells whether the deployment lets anonymous people step up', () => {
    const messenger = new MessengerUnderTest();
    const told = listen(messenger.port);
    messenger.genesys.load().configure({ auth: { enabled: true, allowSessionUpgrade: true } });
    expect(told.facts).to.deep.include({ type: 'loaded', allowSessionUpgrade: true });
  });

  it('takes Auth.ready as a sign of life too, and then reads the configuration from the data model', () => {
    const messenger = new MessengerUnderTest();
    messenger.genesys.data.set('GenesysJS.deploymentConfig', { auth: { allowSessionUpgrade: true } });
    const told = listen(messenger.port);
    messenger.genesys.load().republish('Auth.ready');
    expect(told.facts.filter(({ type }) => type !== 'event')).to.eql([
      { type: 'loaded', allowSessionUpgrade: true },
      { type: 'auth-ready', authenticated: false },
    ]);
  });

  it('subscribes and registers once, however many come and go', () => {
    const messenger = new MessengerUnderTest();
    messenger.up().subscription.unsubscribe();
    const before = messenger.genesys.subscriptions.length;
    listen(messenger.port);
    listen(messenger.anotherPort());
    messenger.genesys.flush();
    expect(messenger.genesys.subscriptions).to.have.length(before);
    expect(messenger.genesys.readyWith).to.have.length(1);
    expect(messenger.win.document.scripts).to.have.length(1);
  });

  it('tells a late subscriber what holds, in order', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    messenger.genesys.publish('Auth.authenticated', { jwt });
    messenger.genesys.call('getAuthCode');
    const late = listen(messenger.port);
    expect(late.types).to.eql(['loaded', 'auth-ready', 'authenticated', 'plugin-called']);
    expect(late.facts[2]).to.eql({
      type: 'authenticated',
      token: { jwt, claims: { sub: 'alice', exp: 100 } },
    });
  });

  it('forgets the JWT when Messenger signs out', () => {
    const messenger = new MessengerUnderTest();
    const told = messenger.up();
    messenger.genesys.publish('Auth.authenticated', { jwt }).publish('Auth.loggedOut', { status: 200 });
    expect(told.types.slice(2)).to.eql(['authenticated', 'logged-out']);
    expect(listen(messenger.port).types).to.eql(['loaded', 'auth-ready']);
  });

  it('keeps what comes before loaded until loaded', () => {
    const messenger = new MessengerUnderTest();
    const told = listen(messenger.port);
    messenger.genesys.load();
    messenger.genesys.publish('Auth.authenticated', { jwt });
    messenger.genesys.call('getAuthCode');
    expect(told.types).to.eql([]);
    messenger.genesys.configure();
    expect(told.types).to.eql(['loaded', 'authenticated', 'plugin-called']);
  });

  it('is left alone by a subscriber that let go', () => {
    const messenger = new MessengerUnderTest();
    const told = messenger.up();
    const before = told.facts.length;
    told.subscription.unsubscribe();
    messenger.genesys.publish('Auth.loggedOut');
    expect(told.facts).to.have.length(before);
  });

  it('tells every event without its secrets, replayed or live', () => {
    const messenger = new MessengerUnderTest();
    const told = messenger.up();
    messenger.genesys.publish('Auth.authenticating', { authCode: 'c0de', redirectUri: 'https://shop.example/' });
    const events = told.facts.filter((fact) => fact.type === 'event');
    expect(events.map(({ name }) => name)).to.eql([
      'GenesysJS.configurationReceived',
      'Auth.ready',
      'Auth.authenticating',
    ]);
    expect(events.at(-1)?.data).to.eql({ authCode: '…', redirectUri: 'https://shop.example/' });
  });

  it('understands a configuration that was there before it subscribed', () => {
    const messenger = new MessengerUnderTest();
    messenger.genesys.configure();
    const told = listen(messenger.port);
    messenger.genesys.load();
    expect(told.types).to.eql(['loaded']);
  });

  it('takes an authenticated event without a JWT for an event only', () => {
    const messenger = new MessengerUnderTest();
    const told = messenger.up();
    messenger.genesys.publish('Auth.authenticated', { jwt: 5 }).publish('Auth.authenticated', 'text');
    expect(told.types).to.eql(['loaded', 'auth-ready']);
  });

  it('has one deployment for the life of the page', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    const { error } = listen(messenger.anotherPort({ deploymentId: '00000000-0000-4000-8000-000000000002' }));
    expect(error).to.be.instanceOf(GcAuthError).and.include({ code: 'config-invalid' });
    expect(error?.message).to.contain('deployment-id').and.contain('…0002'.slice(1));
    expect(listen(messenger.anotherPort({ environment: 'prod' })).error?.message).to.contain('environment');
  });
});
