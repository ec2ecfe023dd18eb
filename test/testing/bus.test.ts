import { aTimeout, expect } from '@open-wc/testing';
import type { BusEvent } from '../../src/testing/bus/events-and-commands.js';
import type { Plugin } from '../../src/testing/bus/plugin.js';
import { StandInPage } from '../support/stand-in-page.js';

/** Runs the callbacks that are queued. */
const nextTask = (): Promise<unknown> => aTimeout(0);

describe('The bus', () => {
  afterEach(() => StandInPage.closeAll());

  async function pageWithPlugin(options = {}): Promise<{ page: StandInPage; plugin: Plugin }> {
    const page = new StandInPage(options);
    await page.standIn.ready;
    const plugin = await new Promise<Plugin>((resolve) => page.genesys('registerPlugin', 'Shop', resolve));
    return { page, plugin };
  }

  it('delivers an event with its short name, and {} when there is no data', async () => {
    const { page, plugin } = await pageWithPlugin();
    const events: BusEvent[] = [];
    page.genesys('subscribe', 'Shop.sold', (event: BusEvent) => events.push(event));
    plugin.publish('sold');
    await nextTask();
    const [event] = events;
    expect(event?.time).to.be.a('number');
    expect({ ...event, time: 0 }).to.deep.equal({
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
    const events: BusEvent[] = [];
    page.genesys('subscribe', 'Shop.opened', (event: BusEvent) => events.push(event));
    page.genesys('subscribe', 'Shop.sold', (event: BusEvent) => events.push(event));
    await nextTask();
    expect(events.map(({ event, data }) => [event, data])).to.deep.equal([['Shop.opened', { since: 1 }]]);
    expect(events[0]).not.to.have.property('eventName');
  });

  it('runs callbacks asynchronously', async () => {
    const { page, plugin } = await pageWithPlugin();
    const order: string[] = [];
    page.genesys('subscribe', 'Shop.sold', () => order.push('event'));
    plugin.publish('sold');
    order.push('published');
    await nextTask();
    expect(order).to.deep.equal(['published', 'event']);
  });

  it('removes all callbacks of a plugin, and keeps those of others', async () => {
    const { page, plugin } = await pageWithPlugin();
    const received: string[] = [];
    expect(plugin.subscribe('Shop.sold', () => received.push('first'))).to.equal('Shop.sold');
    plugin.subscribe('Shop.sold', () => received.push('second'));
    page.genesys('subscribe', 'Shop.sold', () => received.push('page'));
    expect(plugin.unsubscribe('Shop.sold')).to.equal(true);
    expect(plugin.unsubscribe('Shop.sold')).to.equal(false);
    plugin.publish('sold');
    await nextTask();
    expect(received).to.deep.equal(['page']);
    expect(plugin.subscribe('Shop.sold', undefined as never)).to.equal(false);
  });

  it('returns a promise for a plugin’s command, and uses callbacks for the page’s', async () => {
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

  it('records a command that settles twice, and keeps the first result', async () => {
    const { page, plugin } = await pageWithPlugin();
    plugin.registerCommand('twice', ({ resolve, reject }) => {
      resolve(1);
      reject(2);
    });
    expect(await plugin.command('Shop.twice')).to.equal(1);
    expect(page.outcomes('twice')).to.deep.equal(['called', 'resolved', 'double-settle']);
  });

  it('never settles the commands in the switch hangingCommands', async () => {
    const { page, plugin } = await pageWithPlugin();
    let ran = false;
    plugin.registerCommand('work', () => (ran = true));
    page.standIn.set({ hangingCommands: ['Shop.work'] });
    void plugin.command('Shop.work');
    expect(ran).to.equal(false);
    expect(page.outcomes('work')).to.deep.equal(['never-settles']);
  });

  it('has one data model for all plugins; a short key belongs to the plugin itself', async () => {
    const { page, plugin } = await pageWithPlugin({ provider: {} });
    await page.event('Auth.authenticated');
    expect(plugin.data('Auth.authenticated')).to.equal(true);
    plugin.data('basket', 3);
    expect(page.plugin?.data('Shop.basket')).to.equal(3);
    expect(plugin.data('basket')).to.equal(3);
    expect(plugin.data('GenesysJS.deploymentConfig')).to.have.property('status', 'Active');
  });

  it('refuses a taken name, with or without a call of the callback', async () => {
    const { page } = await pageWithPlugin();
    const called: unknown[] = [];
    page.genesys('registerPlugin', 'Shop', (plugin: unknown) => called.push(plugin));
    await nextTask();
    expect(called).to.deep.equal([]);
    page.standIn.set({ takenName: 'callback' });
    page.genesys('registerPlugin', 'Shop', (plugin: unknown) => called.push(plugin));
    await nextTask();
    expect(called).to.deep.equal([undefined]);
    expect(page.standIn.log.filter(({ outcome }) => outcome === 'name-taken')).to.have.length(2);
  });

  it('has no actions unsubscribe and data for pages', async () => {
    const { page } = await pageWithPlugin();
    page.genesys('unsubscribe', 'Shop.sold');
    page.genesys('data', 'Auth.authenticated');
    expect(page.outcomes('unsubscribe')).to.deep.equal(['unknown-action']);
    expect(page.outcomes('data')).to.deep.equal(['unknown-action']);
  });

  it('logs without secrets with debug', async () => {
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
