import { aTimeout, expect } from '@open-wc/testing';
import { FakeGenesysServer } from '../support/fake-genesys-server.js';
import { StandInPage } from '../support/stand-in-page.js';

const refused = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('was not refused'),
    (reason: unknown) => reason,
  );

async function loaded(options = {}): Promise<StandInPage> {
  const page = new StandInPage(options);
  await page.event('Messenger.ready');
  return page;
}

describe('The Messenger plugin', () => {
  afterEach(() => StandInPage.closeAll());

  it('opens, closes and toggles, and says so', async () => {
    const page = await loaded();
    await page.command('Messenger.open');
    await page.event('Messenger.opened');
    expect(await refused(page.command('Messenger.open'))).to.equal('Messenger is already opened.');
    await page.command('Messenger.close');
    await page.event('Messenger.closed');
    expect(await refused(page.command('Messenger.close'))).to.equal('Messenger is already closed.');
    await page.command('Messenger.toggle');
    await page.event('Messenger.opened', 2);
    await page.command('Messenger.toggle');
    await page.event('Messenger.closed', 2);
  });

  it('opens again after a reload when it was open', async () => {
    const page = await loaded();
    await page.command('Messenger.openConversation');
    page.close();
    const after = page.another();
    await after.event('Messenger.opened');
    expect(after.find('.window').hidden).to.equal(false);
  });

  it('has no window in headless mode', async () => {
    const server = new FakeGenesysServer();
    server.config['headlessMode'] = { enabled: true };
    const page = await loaded({ server });
    expect(await refused(page.command('Messenger.open'))).to.contain('headless');
    expect(page.host).to.equal(undefined);
    localStorage.setItem(`_${page.deploymentId}:gcmcopn`, 'true');
    await page.another({ server }).standIn.ready;
  });

  it('removes all that it stored, and is dead until the page is loaded again', async () => {
    const page = await loaded();
    await page.chatting();
    sessionStorage.setItem('other', '1');
    await page.command('Messenger.clear');
    await page.event('Messenger.cleared');
    const left = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    expect(left.filter((key) => key.includes(page.deploymentId))).to.deep.equal([]);
    expect(left).to.include('other');
    expect(await refused(page.command('Messenger.open'))).to.equal('Messenger was cleared.');
    await aTimeout(0);
    expect(page.host.hidden).to.equal(true);
  });
});

describe('The Launcher plugin', () => {
  afterEach(() => StandInPage.closeAll());

  it('hides and shows the button', async () => {
    const page = await loaded();
    await page.command('Launcher.hide');
    await page.event('Launcher.hidden');
    expect(page.find('.launcher').hidden).to.equal(true);
    await page.command('Launcher.show');
    await page.event('Launcher.visible');
    expect(page.find('.launcher').hidden).to.equal(false);
  });
});

describe('The handle for tests', () => {
  afterEach(() => StandInPage.closeAll());

  it('asks the server to expire every JWT', async () => {
    const page = await loaded();
    await page.standIn.expireJwt();
    expect(page.server.requests.at(-1)).to.include({
      method: 'POST',
      path: `/control/deployments/${page.deploymentId}/actions/expire-jwts`,
    });
    page.server.fail['expire-jwts'] = 404;
    expect(await refused(page.standIn.expireJwt())).to.have.property('message', 'The server answered 404');
  });

  it('keeps a log of bounded length, without secrets', async () => {
    const page = await loaded();
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
    // Evaluated anew for each address.
    const { href } = new URL(`../../src/testing/genesys-stand-in.ts?${nth}`, import.meta.url);
    return import(href).finally(() => Reflect.deleteProperty(document, 'currentScript'));
  }

  it('does nothing on a page without a snippet', async () => {
    await runAs(script, 1);
    expect(window.genesysStandIn).to.equal(undefined);
  });

  it('takes options from the snippet and its own origin from its tag', async () => {
    (window as unknown as Record<string, unknown>)['_genesysJs'] = 'Genesys';
    window.Genesys = { c: { deploymentId: 'of-the-snippet', environment: 'prod' }, q: [] };
    await runAs(script, 2);
    const standIn = window.genesysStandIn;
    expect(window.Genesys).to.be.a('function');
    expect(await refused(standIn?.ready as Promise<void>)).to.have.property('message', 'domains.json answered 404');
    standIn?.stop();
  });
});
