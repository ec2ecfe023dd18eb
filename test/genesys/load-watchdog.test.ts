import { aTimeout, expect } from '@open-wc/testing';
import { fakeWindow, FakeGenesys, globals, scriptOf } from '../support/fake-genesys.js';
import { genesysConfig, connectTo, MessengerUnderTest } from '../support/messenger-under-test.js';

type Files = Partial<Record<'domains.json' | 'config.json', unknown>>;

/** Serves the deployment's two public files; 404 for one that is missing. */
function publicFiles(files: Files): { fetch: typeof fetch; requested: string[] } {
  const requested: string[] = [];
  const answer = (url: string): Response => {
    requested.push(url);
    const file = files[url.split('/').at(-1) as keyof Files];
    // Not a Response: reading its body takes an unknown number of tasks.
    return { status: file === undefined ? 404 : 200, json: () => Promise.resolve(file) } as Response;
  };
  return { requested, fetch: (url) => Promise.resolve(answer(url as string)) };
}

const active = { status: 'Active', auth: { enabled: true } };
const anywhere = { allowAllDomains: true, allowedDomains: [] };

/** The error when Messenger's script runs but publishes nothing, from the two files. */
async function faultFrom(files: Files | typeof fetch, hostname = 'shop.example'): Promise<string | undefined> {
  const fetchFile = typeof files === 'function' ? files : publicFiles(files).fetch;
  const messenger = new MessengerUnderTest({ win: fakeWindow({ hostname, fetch: fetchFile }) });
  const connection = connectTo(messenger.port);
  messenger.genesys.load({ drain: false });
  messenger.time.advance(4_000);
  await aTimeout(0);
  return connection.error?.code;
}

describe('watchLoading', () => {
  it('errors when the domain is not allowed, although the script never reads the queue', () => {
    const messenger = new MessengerUnderTest();
    const connection = connectTo(messenger.port);
    messenger.genesys.load({ drain: false }).publish('GenesysJS.domainNotAllowed');
    expect(connection.error).to.include({ code: 'domain-not-allowed' });
    expect(connection.error?.message).to.contain('shop.example');
  });

  it('errors for good when the deployment is inactive or has no authentication', () => {
    for (const [config, code] of [
      [{ status: 'Inactive', auth: { enabled: true } }, 'deployment-inactive'],
      [{ status: 'Active', auth: { enabled: false } }, 'auth-not-enabled'],
    ] as const) {
      const messenger = new MessengerUnderTest();
      const connection = connectTo(messenger.port);
      messenger.genesys.load().configure(config);
      expect(connection.error?.code).to.equal(code);
      expect(connectTo(messenger.port).error?.code).to.equal(code);
      expect(connection.types).to.eql([]);
    }
  });

  it('errors when the script runs for another deployment', () => {
    const messenger = new MessengerUnderTest();
    const connection = connectTo(messenger.port);
    messenger.genesys.load().configure(active, { deploymentId: 'another' });
    expect(connection.error).to.include({ code: 'config-invalid' });
  });

  it('errors when the script fails to load, and loads it at the next connection', () => {
    const messenger = new MessengerUnderTest();
    const connection = connectTo(messenger.port);
    scriptOf(messenger.win)?.dispatchEvent(new Event('error'));
    expect(connection.error).to.include({ code: 'script-blocked' });
    expect(connection.error?.message).to.contain(genesysConfig.scriptUrl);
    expect(scriptOf(messenger.win)).to.equal(null);

    const again = messenger.up();
    expect(again.error).to.equal(undefined);
    expect(again.types).to.eql(['loaded', 'auth-ready']);
    expect(messenger.genesys.readyWith).to.have.length(1);
  });

  it('accepts another script URL after the script failed to load', () => {
    const messenger = new MessengerUnderTest();
    connectTo(messenger.port);
    scriptOf(messenger.win)?.dispatchEvent(new Event('error'));
    const scriptUrl = 'https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js';
    expect(connectTo(messenger.anotherPort({ scriptUrl })).error).to.equal(undefined);
    expect(scriptOf(messenger.win)?.src).to.equal(scriptUrl);
  });

  it('errors with offline without a network, at once or after the deadline', () => {
    const blocked = new MessengerUnderTest({ win: fakeWindow({ onLine: false }) });
    const connection = connectTo(blocked.port);
    scriptOf(blocked.win)?.dispatchEvent(new Event('error'));
    expect(connection.error).to.include({ code: 'offline', step: 'load' });

    const hanging = new MessengerUnderTest({ win: fakeWindow({ onLine: false }) });
    const later = connectTo(hanging.port);
    hanging.time.advance(8_500);
    expect(later.error).to.include({ code: 'offline', step: 'load' });
  });

  it('recognizes a violation of the Content Security Policy', () => {
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
    const connection = connectTo(messenger.port);
    messenger.win.document.dispatchEvent(violation('report'));
    expect(connection.error).to.equal(undefined);
    messenger.win.document.dispatchEvent(violation('enforce'));
    expect(connection.error).to.include({ code: 'script-blocked' });
    expect(connection.error?.message).to.contain('Content Security Policy');
  });

  it('errors within ten seconds when the script hangs', () => {
    const messenger = new MessengerUnderTest();
    const connection = connectTo(messenger.port);
    messenger.time.advance(8_499);
    expect(connection.error).to.equal(undefined);
    messenger.time.advance(500);
    expect(connection.error).to.include({ code: 'script-timeout' });
  });

  const holdBacks: Record<string, (script: HTMLScriptElement) => void> = {
    'another type': (script) => script.setAttribute('type', 'text/plain'),
    'a type of its own': (script) => script.setAttribute('type', 'javascript/blocked'),
    'no URL': (script) => script.removeAttribute('src'),
    'out of the document': (script) => script.remove(),
  };
  for (const [name, holdBack] of Object.entries(holdBacks)) {
    it(`waits in silence for a script that a consent tool holds back, then goes on: ${name}`, () => {
      const messenger = new MessengerUnderTest();
      const connection = connectTo(messenger.port);
      holdBack(scriptOf(messenger.win)!);
      messenger.time.advance(600_000);
      expect(connection.error).to.equal(undefined);
      // The tool runs a copy.
      scriptOf(messenger.win)?.remove();
      messenger.genesys.load().configure().republish('Auth.ready');
      expect(connection.types).to.eql(['loaded', 'auth-ready']);
      expect(messenger.time.actions.filter(({ closed }) => !closed)).to.have.length(0);
    });
  }

  it('waits in silence for the script of the page’s own snippet', () => {
    const win = fakeWindow();
    win.document.head.innerHTML = `<script src="${genesysConfig.scriptUrl}" type="text/plain"></script>`;
    Object.assign(globals(win), { _genesysJs: 'Genesys', Genesys: { q: [] } });
    const messenger = new MessengerUnderTest({ win });
    const connection = connectTo(messenger.port);
    messenger.time.advance(60_000);
    expect(connection.error).to.equal(undefined);
    messenger.genesys.load().configure().republish('Auth.ready');
    expect(connection.types).to.eql(['loaded', 'auth-ready']);
  });

  it('errors when a script that was released hangs', () => {
    const messenger = new MessengerUnderTest();
    const connection = connectTo(messenger.port);
    scriptOf(messenger.win)!.type = 'text/plain';
    messenger.time.advance(60_000);
    scriptOf(messenger.win)!.type = 'text/javascript';
    messenger.time.advance(8_500);
    expect(connection.error).to.include({ code: 'script-timeout' });
  });

  it('has no timer once Messenger is loaded', () => {
    const messenger = new MessengerUnderTest();
    const connection = messenger.up();
    messenger.time.advance(60_000);
    expect(connection.error).to.equal(undefined);
    expect(messenger.time.actions.filter(({ closed }) => !closed)).to.have.length(0);
  });

  it('connects at the next try to a Messenger that loaded late', () => {
    const messenger = new MessengerUnderTest();
    const connection = connectTo(messenger.port);
    messenger.time.advance(8_500);
    expect(connection.error).to.include({ code: 'script-timeout' });
    messenger.genesys.load().configure();
    expect(connectTo(messenger.port).types).to.eql(['loaded']);
  });

  describe('when the plugin name AuthProvider is taken', () => {
    it('errors when the bus reports it', () => {
      const messenger = new MessengerUnderTest({ providerName: 'taken-and-reported' });
      const connection = connectTo(messenger.port);
      messenger.genesys.load();
      expect(connection.error).to.include({ code: 'provider-taken' });
    });

    it('errors when AuthProvider is not registered 5 s after the first event', () => {
      for (const event of ['Auth.ready', 'GenesysJS.configurationReceived']) {
        const messenger = new MessengerUnderTest({ providerName: 'taken' });
        const connection = connectTo(messenger.port);
        messenger.genesys.load().republish(event, {});
        messenger.time.advance(4_999);
        expect(connection.error).to.equal(undefined);
        messenger.time.advance(1);
        expect(connection.error).to.include({ code: 'provider-taken' });
      }
    });
  });

  describe('when the script ran but publishes nothing', () => {
    it('finds that the domain is not allowed, by the vendor’s rule', async () => {
      const allowed = (...allowedDomains: string[]): Files => ({
        'domains.json': { allowAllDomains: false, allowedDomains },
        'config.json': active,
      });
      expect(await faultFrom(allowed())).to.equal('domain-not-allowed');
      expect(await faultFrom(allowed('other.example', 'op.example'))).to.equal('domain-not-allowed');
      expect(await faultFrom(allowed('SHOP.example'))).to.equal(undefined);
      expect(await faultFrom(allowed('example'))).to.equal(undefined);
      expect(await faultFrom(allowed('shop.example'), 'www.Shop.Example')).to.equal(undefined);
    });

    it('finds every other fault of the deployment', async () => {
      const config = (file: unknown): Files => ({ 'domains.json': anywhere, 'config.json': file });
      expect(await faultFrom({})).to.equal('config-invalid');
      expect(await faultFrom({ 'domains.json': anywhere })).to.equal('config-invalid');
      expect(await faultFrom(config({ ...active, status: 'Inactive' }))).to.equal('deployment-inactive');
      expect(await faultFrom(config({ ...active, auth: { enabled: false } }))).to.equal('auth-not-enabled');
      expect(await faultFrom(config(active))).to.equal(undefined);
    });

    it('waits for the deadline when the files cannot be read', async () => {
      expect(await faultFrom(() => Promise.reject(new TypeError('Failed to fetch')))).to.equal(undefined);
      expect(
        await faultFrom(() =>
          Promise.resolve({ status: 200, json: () => Promise.reject(new SyntaxError()) } as unknown as Response),
        ),
      ).to.equal(undefined);
    });

    it('fetches the files of this deployment, and aborts on unsubscribe', async () => {
      let signal: AbortSignal | null | undefined;
      const { requested, fetch } = publicFiles({});
      const messenger = new MessengerUnderTest({
        win: fakeWindow({
          fetch: (url, init) => {
            signal = init?.signal;
            return fetch(url);
          },
        }),
      });
      const connection = connectTo(messenger.port);
      messenger.genesys.load({ drain: false });
      messenger.time.advance(4_000);
      connection.subscription.unsubscribe();
      await aTimeout(0);
      const folder = `https://api-cdn.mypurecloud.ie/webdeployments/v1/deployments/${genesysConfig.deploymentId}`;
      expect(requested).to.eql([`${folder}/domains.json`, `${folder}/config.json`]);
      expect(signal?.aborted).to.equal(true);
      expect(connection.error).to.equal(undefined);
    });
  });

  it('aborts the look at the files when Messenger responds after all', async () => {
    let signal: AbortSignal | null | undefined;
    const fetch: typeof window.fetch = (_url, init) => {
      signal = init?.signal;
      return new Promise(() => undefined);
    };
    const messenger = new MessengerUnderTest({ win: fakeWindow({ fetch }) });
    const connection = connectTo(messenger.port);
    messenger.genesys.load();
    messenger.time.advance(4_000);
    expect(signal?.aborted).to.equal(false);
    messenger.genesys.configure();
    expect(signal?.aborted).to.equal(true);
    expect(connection.types).to.eql(['loaded']);
  });

  it('works with a snippet of the page that runs already', () => {
    const win = fakeWindow();
    globals(win)['_genesysJs'] = 'Chat';
    const messenger = new MessengerUnderTest({ win });
    globals(win)['Chat'] = Object.assign(() => {}, { c: { deploymentId: genesysConfig.deploymentId } });
    const connection = connectTo(messenger.port);
    messenger.time.advance(4_000);
    expect(connection.error).to.equal(undefined);
    messenger.time.advance(5_500);
    expect(connection.error).to.include({ code: 'script-timeout' });
    expect(new FakeGenesys(win).commands).to.eql([]);
  });
});
