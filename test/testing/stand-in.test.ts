import { expect } from '@open-wc/testing';
import { startStandIn } from '../../src/testing/index.js';
import { FakeGenesysServer } from '../support/fake-genesys-server.js';
import { rejection } from '../support/rejection.js';
import { StandInPage } from '../support/stand-in-page.js';
import { turns } from '../support/turns.js';
import { until } from '../support/until.js';

async function loadedPage(): Promise<StandInPage> {
  const page = new StandInPage();
  await page.event('Messenger.ready');
  return page;
}

describe('At start, the stand-in', () => {
  afterEach(() => StandInPage.closeAll());

  it('replaces the global function, and runs the queued calls in order', async () => {
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

  it('loses calls through a reference to the snippet’s function', async () => {
    let ready = 0;
    const saved = Object.assign((...call: unknown[]) => void saved.q.push(call), { q: [] as unknown[][] });
    (window as unknown as Record<string, unknown>)['StaleGenesys'] = saved;
    saved('subscribe', 'Auth.ready', () => (ready += 1));
    const { transport } = new FakeGenesysServer();
    const standIn = startStandIn({ snippet: { deploymentId: 'stale' }, globalName: 'StaleGenesys', transport });
    saved('subscribe', 'Auth.ready', () => (ready += 10));
    await standIn.ready;
    await until(() => ready > 0);
    saved('subscribe', 'Auth.ready', () => (ready += 100));
    await turns(1);
    standIn.stop();
    // Calls between the replacement and the run of the queue are still in that queue.
    expect(ready).to.equal(11);
  });

  it('continues with the queue when one of its calls throws', async () => {
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

  it('publishes the configuration before it starts plugins, and has a command for it', async () => {
    const page = new StandInPage();
    const { data } = await page.event('GenesysJS.configurationReceived');
    expect(data).to.have.nested.property('deploymentConfig.status', 'Active');
    expect(data).to.have.nested.property('snippetConfig.deploymentId', page.deploymentId);
    expect(await page.command('GenesysJS.configuration')).to.have.property('apiEndpoint', 'https://api.test');
  });

  it('loads domains and configuration from the script’s origin', async () => {
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
    ['the switch queueStuck is on', (server) => (server.config['standIn'] = { queueStuck: true })],
  ] as [string, (server: FakeGenesysServer) => void][]) {
    it(`does not run the queue when ${why}`, async () => {
      const server = new FakeGenesysServer();
      prepare(server);
      const page = new StandInPage({ server });
      let failed = false;
      await page.standIn.ready.catch(() => (failed = true));
      page.genesys('subscribe', 'GenesysJS.configurationReceived', () => expect.fail('the queue ran'));
      await turns(1);
      expect(failed).to.equal(true);
      expect(page.events).to.deep.equal([]);
      page.standIn.cutSocket();
      expect(await page.standIn.expireJwt().catch((error: Error) => error.message)).to.contain('not running');
    });
  }

  it('starts no plugins for an inactive deployment, but runs the queue', async () => {
    const server = new FakeGenesysServer();
    server.config['status'] = 'Inactive';
    const page = new StandInPage({ server });
    await page.event('GenesysJS.configurationReceived');
    expect(page.names()).not.to.include('Auth.ready');
    expect(page.host).to.equal(undefined);
  });

  it('applies switches of the configuration, then of the options, then of set()', async () => {
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

  it('rejects where storage is blocked', async () => {
    // Replacing `window.localStorage` has no effect in WebKit for code that has read it before.
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

describe('window.genesysStandIn', () => {
  afterEach(() => StandInPage.closeAll());

  it('makes the server expire every JWT', async () => {
    const page = await loadedPage();
    await page.standIn.expireJwt();
    expect(page.server.requests.at(-1)).to.include({
      method: 'POST',
      path: `/control/deployments/${page.deploymentId}/actions/expire-jwts`,
    });
    page.server.fail['expire-jwts'] = 404;
    expect(await rejection(page.standIn.expireJwt())).to.have.property('message', 'The server answered 404');
  });

  it('has a log of limited length, without secrets', async () => {
    const page = await loadedPage();
    await page.event('Auth.authenticated');
    for (let nth = 0; nth < 2_100; nth += 1) page.plugin?.publish('noise');
    expect(page.standIn.log).to.have.length(2_000);
    expect(JSON.stringify(page.standIn.log)).not.to.match(/code-\d|refresh-1|e30\./);
  });
});

describe('The script', () => {
  const script = document.createElement('script');
  script.src = '/genesys-bootstrap/genesys.min.js';

  function runAs(current: HTMLScriptElement | null, nth: number): Promise<unknown> {
    Object.defineProperty(document, 'currentScript', { configurable: true, value: current });
    // Each address is a module of its own, so the script runs again.
    const { href } = new URL(`../../src/testing/genesys-stand-in.ts?${nth}`, import.meta.url);
    return import(href).finally(() => Reflect.deleteProperty(document, 'currentScript'));
  }

  it('does nothing on a page without a snippet', async () => {
    await runAs(script, 1);
    expect(window.genesysStandIn).to.equal(undefined);
  });

  it('reads options from the snippet, and its origin from its script tag', async () => {
    (window as unknown as Record<string, unknown>)['_genesysJs'] = 'Genesys';
    window.Genesys = { c: { deploymentId: 'of-the-snippet', environment: 'prod' }, q: [] };
    await runAs(script, 2);
    const standIn = window.genesysStandIn;
    expect(window.Genesys).to.be.a('function');
    expect(await rejection(standIn?.ready as Promise<void>)).to.have.property('message', 'domains.json answered 404');
    standIn?.stop();
  });
});

declare global {
  interface Window {
    Genesys?: unknown;
  }
}
