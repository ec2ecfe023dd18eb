import { aTimeout, expect } from '@open-wc/testing';
import type { BusEvent } from '../../src/testing/bus/events-and-commands.js';
import type { Plugin } from '../../src/testing/bus/plugin.js';
import { FakeGenesysServer } from '../support/fake-genesys-server.js';
import { StandInPage } from '../support/stand-in-page.js';
import { until } from '../support/until.js';

/** Everything that was scheduled for this turn has run. */
const turn = (): Promise<unknown> => aTimeout(0);

describe('The bus', () => {
  afterEach(() => StandInPage.closeAll());

  async function pageWithPlugin(options = {}): Promise<{ page: StandInPage; plugin: Plugin }> {
    const page = new StandInPage(options);
    await page.standIn.ready;
    const plugin = await new Promise<Plugin>((resolve) => page.genesys('registerPlugin', 'Shop', resolve));
    return { page, plugin };
  }

  it('delivers a live event with its short name, and {} where there is no data', async () => {
    const { page, plugin } = await pageWithPlugin();
    const envelopes: BusEvent[] = [];
    page.genesys('subscribe', 'Shop.sold', (envelope: BusEvent) => envelopes.push(envelope));
    plugin.publish('sold');
    await turn();
    const [envelope] = envelopes;
    expect(envelope?.time).to.be.a('number');
    expect({ ...envelope, time: 0 }).to.deep.equal({
      time: 0,
      publisher: 'Shop',
      event: 'Shop.sold',
      eventName: 'sold',
      data: {},
    });
  });

  it('replays a republished event to a late subscriber, without the short name', async () => {
    const { page, plugin } = await pageWithPlugin();
    plugin.republish('opened', { since: 1 });
    plugin.publish('sold', { since: 2 });
    const envelopes: BusEvent[] = [];
    page.genesys('subscribe', 'Shop.opened', (envelope: BusEvent) => envelopes.push(envelope));
    page.genesys('subscribe', 'Shop.sold', (envelope: BusEvent) => envelopes.push(envelope));
    await turn();
    expect(envelopes.map(({ event, data }) => [event, data])).to.deep.equal([['Shop.opened', { since: 1 }]]);
    expect(envelopes[0]).not.to.have.property('eventName');
  });

  it('calls back later, never at once', async () => {
    const { page, plugin } = await pageWithPlugin();
    const order: string[] = [];
    page.genesys('subscribe', 'Shop.sold', () => order.push('event'));
    plugin.publish('sold');
    order.push('published');
    await turn();
    expect(order).to.deep.equal(['published', 'event']);
  });

  it('removes all callbacks of a plugin and leaves those of others', async () => {
    const { page, plugin } = await pageWithPlugin();
    const heard: string[] = [];
    expect(plugin.subscribe('Shop.sold', () => heard.push('first'))).to.equal('Shop.sold');
    plugin.subscribe('Shop.sold', () => heard.push('second'));
    page.genesys('subscribe', 'Shop.sold', () => heard.push('page'));
    expect(plugin.unsubscribe('Shop.sold')).to.equal(true);
    expect(plugin.unsubscribe('Shop.sold')).to.equal(false);
    plugin.publish('sold');
    await turn();
    expect(heard).to.deep.equal(['page']);
    expect(plugin.subscribe('Shop.sold', undefined as never)).to.equal(false);
  });

  it('answers commands to plugins with a promise, to pages with callbacks and nothing else', async () => {
    const { page, plugin } = await pageWithPlugin();
    plugin.registerCommand('add', ({ data, resolve, reject }) =>
      data === undefined ? reject('nothing to add') : resolve((data as { a: number }).a + 1),
    );
    expect(await plugin.command('Shop.add', { a: 1 })).to.equal(2);
    expect(await page.command('Shop.add', { a: 2 })).to.equal(3);
    expect(page.genesys('command', 'Shop.add', { a: 2 })).to.equal(undefined);
    const reason = await new Promise((resolve) => page.genesys('command', 'Shop.add', () => undefined, resolve));
    expect(reason).to.equal('nothing to add');
    const unknown = await plugin.command('Shop.nothing').catch((error: Error) => error.message);
    expect(unknown).to.equal('Command Shop.nothing is not registered');
  });

  it('counts a command that settles twice, and keeps the first', async () => {
    const { page, plugin } = await pageWithPlugin();
    plugin.registerCommand('twice', ({ resolve, reject }) => {
      resolve(1);
      reject(2);
    });
    expect(await plugin.command('Shop.twice')).to.equal(1);
    expect(page.outcomes('twice')).to.deep.equal(['called', 'resolved', 'double-settle']);
  });

  it('lets commands hang that are named so', async () => {
    const { page, plugin } = await pageWithPlugin();
    let ran = false;
    plugin.registerCommand('work', () => (ran = true));
    page.standIn.set({ hangingCommands: ['Shop.work'] });
    void plugin.command('Shop.work');
    expect(ran).to.equal(false);
    expect(page.outcomes('work')).to.deep.equal(['never-settles']);
  });

  it('shares one data model; a short key is the own plugin’s', async () => {
    const { page, plugin } = await pageWithPlugin({ provider: {} });
    await page.event('Auth.authenticated');
    expect(plugin.data('Auth.authenticated')).to.equal(true);
    plugin.data('basket', 3);
    expect(page.plugin?.data('Shop.basket')).to.equal(3);
    expect(plugin.data('basket')).to.equal(3);
    expect(plugin.data('GenesysJS.deploymentConfig')).to.have.property('status', 'Active');
  });

  it('refuses a taken name in silence, or by calling back with nothing', async () => {
    const { page } = await pageWithPlugin();
    const called: unknown[] = [];
    page.genesys('registerPlugin', 'Shop', (plugin: unknown) => called.push(plugin));
    await turn();
    expect(called).to.deep.equal([]);
    page.standIn.set({ takenName: 'callback' });
    page.genesys('registerPlugin', 'Shop', (plugin: unknown) => called.push(plugin));
    await turn();
    expect(called).to.deep.equal([undefined]);
    expect(page.standIn.log.filter(({ outcome }) => outcome === 'name-taken')).to.have.length(2);
  });

  it('has no unsubscribe and no data for pages', async () => {
    const { page } = await pageWithPlugin();
    page.genesys('unsubscribe', 'Shop.sold');
    page.genesys('data', 'Auth.authenticated');
    expect(page.outcomes('unsubscribe')).to.deep.equal(['unknown-action']);
    expect(page.outcomes('data')).to.deep.equal(['unknown-action']);
  });

  it('writes the lines of debug without secrets', async () => {
    const lines: unknown[][] = [];
    const { debug } = console;
    console.debug = (...line) => lines.push(line);
    try {
      const { page, plugin } = await pageWithPlugin({ debug: true });
      await page.event('Auth.authenticated');
      const loop: Record<string, unknown> = { list: [{ jwt: 'secret' }], act: () => 1, error: new Error('secret') };
      loop['self'] = loop;
      plugin.publish('odd', loop);
    } finally {
      console.debug = debug;
    }
    const text = JSON.stringify(lines);
    expect(text).to.contain('Auth.authenticated published').and.to.contain('[redacted]');
    expect(text)
      .to.contain('"self":"[repeated]"')
      .and.to.contain('"act":"[function]"')
      .and.to.contain('"error":"Error"');
    expect(text).not.to.match(/code-\d|refresh-1|secret|e30\./);
  });
});

describe('The start', () => {
  afterEach(() => StandInPage.closeAll());

  it('replaces the function, runs what waited in order, and forgets calls through the old one', async () => {
    const order: string[] = [];
    const options = { provider: false as const, switches: { firstAuthCode: 'never' as const } };
    window.Genesys = undefined;
    const server = new FakeGenesysServer();
    let release = (): void => undefined;
    server.hold['config.json'] = new Promise((resolve) => (release = resolve));
    const page = new StandInPage({ ...options, server });
    page.genesys('subscribe', 'GenesysJS.configurationReceived', () => order.push('after'));
    release();
    await page.standIn.ready;
    await until(() => order.length > 0);
    expect(order).to.deep.equal(['after']);
    expect(page.names()[0]).to.equal('GenesysJS.configurationReceived');
  });

  it('loses calls through a reference that was saved before the script ran', async () => {
    let heard = 0;
    const saved = Object.assign((...call: unknown[]) => void saved.q.push(call), { q: [] as unknown[][] });
    (window as unknown as Record<string, unknown>)['StaleGenesys'] = saved;
    saved('subscribe', 'Auth.ready', () => (heard += 1));
    const { startStandIn } = await import('../../src/testing/index.js');
    const { transport } = new FakeGenesysServer();
    const standIn = startStandIn({ snippet: { deploymentId: 'stale' }, globalName: 'StaleGenesys', transport });
    saved('subscribe', 'Auth.ready', () => (heard += 10));
    await standIn.ready;
    await until(() => heard > 0);
    saved('subscribe', 'Auth.ready', () => (heard += 100));
    await turn();
    standIn.stop();
    // What came between replacement and drain is still in the queue that is drained.
    expect(heard).to.equal(11);
  });

  it('goes on with the queue when one call of it throws', async () => {
    const reported: unknown[] = [];
    const { reportError } = window;
    window.reportError = (error) => void reported.push(error);
    try {
      const server = new FakeGenesysServer();
      let release = (): void => undefined;
      server.hold['config.json'] = new Promise((resolve) => (release = resolve));
      const page = new StandInPage({ server, provider: false });
      page.genesys(Symbol.iterator, Symbol.iterator);
      page.genesys('command', {
        toString: () => {
          throw new Error('odd');
        },
      });
      release();
      await page.event('Auth.ready');
      expect(reported.length).to.be.greaterThan(0);
    } finally {
      window.reportError = reportError;
    }
  });

  it('tells the configuration before any product, and answers for it', async () => {
    const page = new StandInPage();
    const { data } = await page.event('GenesysJS.configurationReceived');
    expect(data).to.have.nested.property('deploymentConfig.status', 'Active');
    expect(data).to.have.nested.property('snippetConfig.deploymentId', page.deploymentId);
    expect(await page.command('GenesysJS.configuration')).to.have.property('apiEndpoint', 'https://api.test');
  });

  it('asks the script’s origin for domains and configuration', async () => {
    const page = new StandInPage({ scriptOrigin: 'https://scripts.test' });
    await page.standIn.ready;
    expect(page.server.requests.slice(0, 2).map(({ path }) => path)).to.deep.equal([
      `/webdeployments/v1/deployments/${page.deploymentId}/domains.json`,
      `/webdeployments/v1/deployments/${page.deploymentId}/config.json`,
    ]);
  });

  for (const [why, prepare] of [
    ['the domain is not allowed', (server) => (server.domains = { allowAllDomains: false })],
    ['the configuration is missing', (server) => (server.fail['config.json'] = 404)],
    ['the network is down', (server) => (server.fail['domains.json'] = 'network')],
    ['the switch says so', (server) => (server.config['standIn'] = { queueStuck: true })],
  ] as [string, (server: FakeGenesysServer) => void][]) {
    it(`never drains the queue when ${why}`, async () => {
      const server = new FakeGenesysServer();
      prepare(server);
      const page = new StandInPage({ server });
      let failed = false;
      await page.standIn.ready.catch(() => (failed = true));
      page.genesys('subscribe', 'GenesysJS.configurationReceived', () => expect.fail('was drained'));
      await turn();
      expect(failed).to.equal(true);
      expect(page.events).to.deep.equal([]);
      page.standIn.cutSocket();
      expect(await page.standIn.expireJwt().catch((error: Error) => error.message)).to.contain('not running');
    });
  }

  it('starts nothing for an inactive deployment, though it drains', async () => {
    const server = new FakeGenesysServer();
    server.config['status'] = 'Inactive';
    const page = new StandInPage({ server });
    await page.event('GenesysJS.configurationReceived');
    expect(page.names()).not.to.include('Auth.ready');
    expect(page.host).to.equal(undefined);
  });

  it('takes switches from the configuration, stronger ones from the options, the strongest from set()', async () => {
    const server = new FakeGenesysServer();
    server.config['standIn'] = { forceUpdate: false, takenName: 'callback', autoRefresh: true };
    const page = new StandInPage({ server, switches: { takenName: 'silent' } });
    page.standIn.set({ autoRefresh: false });
    await page.standIn.ready;
    const { forceUpdate, takenName, autoRefresh } = page.standIn.switches;
    expect({ forceUpdate, takenName, autoRefresh }).to.deep.equal({
      forceUpdate: false,
      takenName: 'silent',
      autoRefresh: false,
    });
  });

  it('does not work where storage is blocked', async () => {
    // Not `window.localStorage`: what once read it in WebKit goes on reading the original.
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const page = new StandInPage();
    Storage.prototype.setItem = setItem;
    expect(await page.standIn.ready.catch((error: Error) => error.message)).to.equal('Storage is blocked');
    expect(page.standIn.jwt()).to.equal(undefined);
  });

  it('can be stopped before the configuration is there', async () => {
    const page = new StandInPage();
    page.close();
    expect(await page.standIn.ready.catch((error: Error) => error.message)).to.equal('Stopped');
  });
});

declare global {
  interface Window {
    Genesys?: unknown;
  }
}
