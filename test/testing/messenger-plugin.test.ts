import { aTimeout, expect } from '@open-wc/testing';
import { FakeGenesysServer } from '../support/fake-genesys-server.js';
import { rejection } from '../support/rejection.js';
import { StandInPage } from '../support/stand-in-page.js';

async function loaded(options = {}): Promise<StandInPage> {
  const page = new StandInPage(options);
  await page.event('Messenger.ready');
  return page;
}

describe('The Messenger plugin', () => {
  afterEach(() => StandInPage.closeAll());

  it('opens, closes and toggles the window, and publishes it', async () => {
    const page = await loaded();
    await page.command('Messenger.open');
    await page.event('Messenger.opened');
    expect(await rejection(page.command('Messenger.open'))).to.equal('Messenger is already opened.');
    await page.command('Messenger.close');
    await page.event('Messenger.closed');
    expect(await rejection(page.command('Messenger.close'))).to.equal('Messenger is already closed.');
    await page.command('Messenger.toggle');
    await page.event('Messenger.opened', 2);
    await page.command('Messenger.toggle');
    await page.event('Messenger.closed', 2);
  });

  it('restores an open window after a reload', async () => {
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
    expect(await rejection(page.command('Messenger.open'))).to.contain('headless');
    expect(page.host).to.equal(undefined);
    localStorage.setItem(`_${page.deploymentId}:gcmcopn`, 'true');
    await page.another({ server }).standIn.ready;
  });

  it('clears its storage, and then does nothing until a reload', async () => {
    const page = await loaded();
    await page.startChat();
    sessionStorage.setItem('other', '1');
    await page.command('Messenger.clear');
    await page.event('Messenger.cleared');
    const left = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    expect(left.filter((key) => key.includes(page.deploymentId))).to.deep.equal([]);
    expect(left).to.include('other');
    expect(await rejection(page.command('Messenger.open'))).to.equal('Messenger was cleared.');
    await aTimeout(0);
    expect(page.host.hidden).to.equal(true);
  });
});

describe('The Launcher plugin', () => {
  afterEach(() => StandInPage.closeAll());

  it('hides and shows the launcher', async () => {
    const page = await loaded();
    await page.command('Launcher.hide');
    await page.event('Launcher.hidden');
    expect(page.find('.launcher').hidden).to.equal(true);
    await page.command('Launcher.show');
    await page.event('Launcher.visible');
    expect(page.find('.launcher').hidden).to.equal(false);
  });

  /** @param visibility of `messenger.launcherButton` */
  async function withVisibility(visibility: string): Promise<StandInPage> {
    const server = new FakeGenesysServer();
    Object.assign(server.config['messenger'] as object, { launcherButton: { visibility } });
    return loaded({ server });
  }

  it('shows no launcher where the deployment has none', async () => {
    const page = await withVisibility('Off');
    expect(page.find('.launcher').hidden).to.equal(true);
    expect(await rejection(page.command('Launcher.show'))).to.equal('The launcher is off.');
  });

  it('shows a launcher on demand when the window opens', async () => {
    const page = await withVisibility('OnDemand');
    expect(page.find('.launcher').hidden).to.equal(true);
    await page.command('Messenger.open');
    await page.event('Launcher.visible');
    expect(page.find('.launcher').hidden).to.equal(false);
  });
});
