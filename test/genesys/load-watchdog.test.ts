import { aTimeout, expect } from '@open-wc/testing';
import { fakeWindow, FakeGenesys, globals, scriptOf } from '../support/fake-genesys.js';
import { genesysConfig, listen, MessengerUnderTest } from '../support/messenger-under-test.js';

type Files = Partial<Record<'domains.json' | 'config.json', unknown>>;

/** The deployment's two public files; one that is missing answers 404. */
function publicFiles(files: Files): { fetch: typeof fetch; pluginCalled: string[] } {
  const pluginCalled: string[] = [];
  const answer = (url: string): Response => {
    pluginCalled.push(url);
    const file = files[url.split('/').at(-1) as keyof Files];
    // Not a Response: its body takes turns of the event loop that a test cannot count.
    return { status: file === undefined ? 404 : 200, json: () => Promise.resolve(file) } as Response;
  };
  return { pluginCalled, fetch: (url) => Promise.resolve(answer(url as string)) };
}

const active = { status: 'Active', auth: { enabled: true } };
const anywhere = { allowAllDomains: true, allowedDomains: [] };

/** Messenger's script runs and says nothing; what the files then tell. */
async function silence(files: Files | typeof fetch, hostname = 'shop.example'): Promise<string | undefined> {
  const fetchFile = typeof files === 'function' ? files : publicFiles(files).fetch;
  const messenger = new MessengerUnderTest({ win: fakeWindow({ hostname, fetch: fetchFile }) });
  const told = listen(messenger.port);
  messenger.genesys.load({ drain: false });
  messenger.time.advance(4_000);
  await aTimeout(0);
  return told.error?.code;
}

describe('the watch over the start', () => {
  it('fails by the event when the domain is not allowed, though the queue is never drained', () => {
    const messenger = new MessengerUnderTest();
    const told = listen(messenger.port);
    messenger.genesys.load({ drain: false }).publish('GenesysJS.domainNotAllowed');
    expect(told.error).to.include({ code: 'domain-not-allowed' });
    expect(told.error?.message).to.contain('shop.example');
  });

  it('fails when the configuration says inactive, or without authentication, for good', () => {
    for (const [config, code] of [
      [{ status: 'Inactive', auth: { enabled: true } }, 'deployment-inactive'],
      [{ status: 'Active', auth: { enabled: false } }, 'auth-not-enabled'],
    ] as const) {
      const messenger = new MessengerUnderTest();
      const told = listen(messenger.port);
      messenger.genesys.load().configure(config);
      expect(told.error?.code).to.equal(code);
      expect(listen(messenger.port).error?.code).to.equal(code);
      expect(told.types).to.eql([]);
    }
  });

  it('fails when the script runs for another deployment', () => {
    const messenger = new MessengerUnderTest();
    const told = listen(messenger.port);
    messenger.genesys.load().configure(active, { deploymentId: 'another' });
    expect(told.error).to.include({ code: 'config-invalid' });
  });

  it('fails when the script cannot be had, and gets it at the next try', () => {
    const messenger = new MessengerUnderTest();
    const told = listen(messenger.port);
    scriptOf(messenger.win)?.dispatchEvent(new Event('error'));
    expect(told.error).to.include({ code: 'script-blocked' });
    expect(told.error?.message).to.contain(genesysConfig.scriptUrl);
    expect(scriptOf(messenger.win)).to.equal(null);

    const again = messenger.up();
    expect(again.error).to.equal(undefined);
    expect(again.types).to.eql(['loaded', 'auth-ready']);
    expect(messenger.genesys.readyWith).to.have.length(1);
  });

  it('lets the address of the script be corrected after it could not be had', () => {
    const messenger = new MessengerUnderTest();
    listen(messenger.port);
    scriptOf(messenger.win)?.dispatchEvent(new Event('error'));
    const scriptUrl = 'https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js';
    expect(listen(messenger.anotherPort({ scriptUrl })).error).to.equal(undefined);
    expect(scriptOf(messenger.win)?.src).to.equal(scriptUrl);
  });

  it('says offline when there is no network, at once or in time', () => {
    const blocked = new MessengerUnderTest({ win: fakeWindow({ onLine: false }) });
    const told = listen(blocked.port);
    scriptOf(blocked.win)?.dispatchEvent(new Event('error'));
    expect(told.error).to.include({ code: 'offline', step: 'load' });

    const hanging = new MessengerUnderTest({ win: fakeWindow({ onLine: false }) });
    const later = listen(hanging.port);
    hanging.time.advance(8_500);
    expect(later.error).to.include({ code: 'offline', step: 'load' });
  });

  it('sees the Content Security Policy at work', () => {
    const violation = (disposition: 'enforce' | 'report'): Event =>
      new SecurityPolicyViolationEvent('securitypolicyviolation', {
        blockedURI: genesysConfig.scriptUrl,
        disposition,
        documentURI: 'https://shop.example/',
        effectiveDirective: 'script-src-elem',
        originalPolicy: "script-src 'self'",
        statusCode: 200,
        violatedDirective: 'script-src-elem',
      });
    const messenger = new MessengerUnderTest();
    const told = listen(messenger.port);
    messenger.win.document.dispatchEvent(violation('report'));
    expect(told.error).to.equal(undefined);
    messenger.win.document.dispatchEvent(violation('enforce'));
    expect(told.error).to.include({ code: 'script-blocked' });
    expect(told.error?.message).to.contain('Content Security Policy');
  });

  it('gives up within ten seconds when the script hangs', () => {
    const messenger = new MessengerUnderTest();
    const told = listen(messenger.port);
    messenger.time.advance(8_499);
    expect(told.error).to.equal(undefined);
    messenger.time.advance(500);
    expect(told.error).to.include({ code: 'script-timeout' });
  });

  it('has no timer left once Messenger is there', () => {
    const messenger = new MessengerUnderTest();
    const told = messenger.up();
    messenger.time.advance(60_000);
    expect(told.error).to.equal(undefined);
    expect(messenger.time.actions.filter(({ closed }) => !closed)).to.have.length(0);
  });

  it('lets a Messenger that comes late be had at the next try', () => {
    const messenger = new MessengerUnderTest();
    const told = listen(messenger.port);
    messenger.time.advance(8_500);
    expect(told.error).to.include({ code: 'script-timeout' });
    messenger.genesys.load().configure();
    expect(listen(messenger.port).types).to.eql(['loaded']);
  });

  describe('when the name AuthProvider is taken', () => {
    it('says so when the bus says so', () => {
      const messenger = new MessengerUnderTest({ providerName: 'taken-and-told' });
      const told = listen(messenger.port);
      messenger.genesys.load();
      expect(told.error).to.include({ code: 'provider-taken' });
    });

    it('says so when nothing comes within 5 s of the first sign of life', () => {
      for (const event of ['Auth.ready', 'GenesysJS.configurationReceived']) {
        const messenger = new MessengerUnderTest({ providerName: 'taken' });
        const told = listen(messenger.port);
        messenger.genesys.load().republish(event, {});
        messenger.time.advance(4_999);
        expect(told.error).to.equal(undefined);
        messenger.time.advance(1);
        expect(told.error).to.include({ code: 'provider-taken' });
      }
    });
  });

  describe('looks at the deployment itself when the script ran and nothing is heard', () => {
    it('knows the domain is not allowed, by the vendor’s rule', async () => {
      const allowed = (...allowedDomains: string[]): Files => ({
        'domains.json': { allowAllDomains: false, allowedDomains },
        'config.json': active,
      });
      expect(await silence(allowed())).to.equal('domain-not-allowed');
      expect(await silence(allowed('other.example', 'op.example'))).to.equal('domain-not-allowed');
      expect(await silence(allowed('SHOP.example'))).to.equal(undefined);
      expect(await silence(allowed('example'))).to.equal(undefined);
      expect(await silence(allowed('shop.example'), 'www.Shop.Example')).to.equal(undefined);
    });

    it('knows what else is wrong with it', async () => {
      const config = (file: unknown): Files => ({ 'domains.json': anywhere, 'config.json': file });
      expect(await silence({})).to.equal('config-invalid');
      expect(await silence({ 'domains.json': anywhere })).to.equal('config-invalid');
      expect(await silence(config({ ...active, status: 'Inactive' }))).to.equal('deployment-inactive');
      expect(await silence(config({ ...active, auth: { enabled: false } }))).to.equal('auth-not-enabled');
      expect(await silence(config(active))).to.equal(undefined);
    });

    it('leaves it to the deadline when nothing is wrong or nothing can be read', async () => {
      expect(await silence(() => Promise.reject(new TypeError('Failed to fetch')))).to.equal(undefined);
      expect(
        await silence(() =>
          Promise.resolve({ status: 200, json: () => Promise.reject(new SyntaxError()) } as unknown as Response),
        ),
      ).to.equal(undefined);
    });

    it('asks for the public files of this deployment, and stops when nobody waits', async () => {
      let signal: AbortSignal | null | undefined;
      const { pluginCalled, fetch } = publicFiles({});
      const messenger = new MessengerUnderTest({
        win: fakeWindow({
          fetch: (url, init) => {
            signal = init?.signal;
            return fetch(url);
          },
        }),
      });
      const told = listen(messenger.port);
      messenger.genesys.load({ drain: false });
      messenger.time.advance(4_000);
      told.subscription.unsubscribe();
      await aTimeout(0);
      const folder = `https://api-cdn.mypurecloud.ie/webdeployments/v1/deployments/${genesysConfig.deploymentId}`;
      expect(pluginCalled).to.eql([`${folder}/domains.json`, `${folder}/config.json`]);
      expect(signal?.aborted).to.equal(true);
      expect(told.error).to.equal(undefined);
    });
  });

  it('works beside a snippet of the page that runs already', () => {
    const win = fakeWindow();
    globals(win)['_genesysJs'] = 'Chat';
    const messenger = new MessengerUnderTest({ win });
    globals(win)['Chat'] = Object.assign(() => {}, { c: { deploymentId: genesysConfig.deploymentId } });
    const told = listen(messenger.port);
    messenger.time.advance(4_000);
    expect(told.error).to.equal(undefined);
    messenger.time.advance(5_500);
    expect(told.error).to.include({ code: 'script-timeout' });
    expect(new FakeGenesys(win).commands).to.eql([]);
  });
});
