import { expect } from '@open-wc/testing';
import { fakeWindow, globals, scriptOf } from '../support/fake-genesys.js';
import { genesysConfig, connectTo, MessengerUnderTest } from '../support/messenger-under-test.js';

interface Queue {
  q?: unknown[][];
  c?: unknown;
  t?: number;
}

const genesysOf = (win: Window): Queue => globals(win)['Genesys'] as Queue;

/** The event types that a document has listeners for, from now on. */
function listenedTo(document: Document): () => string[] {
  const types: string[] = [];
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  Object.setPrototypeOf(document, {
    __proto__: Object.getPrototypeOf(document) as object,
    addEventListener(...args: Parameters<typeof addEventListener>) {
      types.push(args[0]);
      addEventListener.apply(document, args);
    },
    removeEventListener(...args: Parameters<typeof removeEventListener>) {
      if (types.includes(args[0])) types.splice(types.indexOf(args[0]), 1);
      removeEventListener.apply(document, args);
    },
  });
  return () => types;
}

describe('the snippet', () => {
  it('defines name, queue, time and options, and adds the script', () => {
    const messenger = new MessengerUnderTest();
    connectTo(messenger.port);
    const { deploymentId, environment, scriptUrl } = genesysConfig;
    expect(globals(messenger.win)['_genesysJs']).to.equal('Genesys');
    expect(genesysOf(messenger.win).c).to.eql({ deploymentId, environment });
    expect(genesysOf(messenger.win).t).to.be.a('number');
    expect(genesysOf(messenger.win).q?.at(-1)?.slice(0, 2)).to.eql(['registerPlugin', 'AuthProvider']);
    const script = scriptOf(messenger.win);
    expect(script).to.include({ async: true, charset: 'utf-8', src: scriptUrl, nonce: '' });
  });

  it('passes debug and the nonce on', () => {
    const messenger = new MessengerUnderTest({ config: { debug: true, nonce: 'n0nce' } });
    connectTo(messenger.port);
    expect(genesysOf(messenger.win).c).to.include({ debug: true });
    expect(scriptOf(messenger.win)?.nonce).to.equal('n0nce');
  });

  it('uses the page’s own snippet, also with a renamed global, and adds no second script', () => {
    const win = fakeWindow();
    const script = win.document.createElement('script');
    script.src = genesysConfig.scriptUrl;
    win.document.head.append(script);
    const q: unknown[][] = [];
    Object.assign(globals(win), {
      _genesysJs: 'Chat',
      Chat: Object.assign((...call: unknown[]) => q.push(call), { c: { deploymentId: genesysConfig.deploymentId } }),
    });
    const connection = connectTo(new MessengerUnderTest({ win }).port);
    expect(win.document.scripts).to.have.length(1);
    expect(q.at(-1)?.slice(0, 2)).to.eql(['registerPlugin', 'AuthProvider']);
    script.dispatchEvent(new Event('error'));
    expect(connection.error).to.include({ code: 'script-blocked' });
  });

  it('uses a snippet whose global is a plain object', () => {
    const win = fakeWindow();
    const plain: Queue = { c: {}, q: [] };
    Object.assign(globals(win), { _genesysJs: 'Genesys', Genesys: plain });
    const connection = connectTo(new MessengerUnderTest({ win }).port);
    expect(plain.q?.at(-1)?.slice(0, 2)).to.eql(['registerPlugin', 'AuthProvider']);
    expect(connection.error).to.equal(undefined);
  });

  it('errors when the page has a snippet of another deployment', () => {
    const win = fakeWindow();
    Object.assign(globals(win), { _genesysJs: 'Genesys', Genesys: { c: { deploymentId: 'another' }, q: [] } });
    const connection = connectTo(new MessengerUnderTest({ win }).port);
    expect(connection.error).to.include({ code: 'config-invalid' });
    expect(connection.error?.message).to.contain('deployment-id').and.contain('another');
    expect(genesysOf(win).q).to.eql([]);
  });

  it('compares deployment IDs regardless of letter case', () => {
    const win = fakeWindow();
    const id = 'ABCDEF00-0000-4000-8000-000000000001';
    Object.assign(globals(win), { _genesysJs: 'Genesys', Genesys: { c: { deploymentId: id }, q: [] } });
    const { port } = new MessengerUnderTest({ win, config: { deploymentId: id.toLowerCase() } });
    expect(connectTo(port).error).to.equal(undefined);
  });

  it('removes its listener for violations of the CSP once the outcome is known', () => {
    const win = fakeWindow();
    const types = listenedTo(win.document);
    const messenger = new MessengerUnderTest({ win });
    connectTo(messenger.port);
    expect(types()).to.include('securitypolicyviolation');
    scriptOf(win)?.dispatchEvent(new Event('error'));
    expect(types(), 'after a failed attempt').to.eql([]);
    messenger.up();
    expect(types(), 'once Messenger is loaded').not.to.include('securitypolicyviolation');
  });

  it('does so also for a script of the page that has run before', () => {
    const win = fakeWindow();
    win.document.head.innerHTML = `<script src="${genesysConfig.scriptUrl}" type="text/plain"></script>`;
    Object.assign(globals(win), { _genesysJs: 'Genesys', Genesys: { q: [] } });
    const types = listenedTo(win.document);
    const messenger = new MessengerUnderTest({ win });
    connectTo(messenger.port);
    expect(types()).to.include('securitypolicyviolation');
    const { q } = genesysOf(win);
    globals(win)['Genesys'] = undefined;
    globals(win)['Genesys'] = { q };
    messenger.genesys.load().configure().republish('Auth.ready');
    expect(types()).not.to.include('securitypolicyviolation');
  });

  describe('under Trusted Types', () => {
    it('creates its policy once and sets a trusted URL', () => {
      const made: string[] = [];
      const trustedTypes = {
        createPolicy(name: string, rules: { createScriptURL(url: string): string }) {
          made.push(name);
          return rules;
        },
      };
      const messenger = new MessengerUnderTest({ win: fakeWindow({ trustedTypes }) });
      connectTo(messenger.port);
      scriptOf(messenger.win)?.dispatchEvent(new Event('error'));
      connectTo(messenger.port);
      expect(made).to.eql(['gc-auth-messenger']);
      expect(scriptOf(messenger.win)?.src).to.equal(genesysConfig.scriptUrl);
    });

    it('works without a policy where the page allows none and enforces nothing', () => {
      const trustedTypes = {
        createPolicy(): never {
          throw new TypeError('Policy disallowed.');
        },
      };
      const messenger = new MessengerUnderTest({ win: fakeWindow({ trustedTypes }) });
      expect(messenger.up().types).to.eql(['loaded', 'auth-ready']);
    });

    it('errors with script-blocked where plain text is refused, and tries again at the next connection', () => {
      const win = fakeWindow();
      const { document } = win;
      let enforced = true;
      const createElement = document.createElement.bind(document);
      document.createElement = (tag: string) => {
        const element = createElement(tag);
        if (enforced) {
          Object.defineProperty(element, 'src', {
            set() {
              throw new TypeError('This document requires TrustedScriptURL assignment.');
            },
          });
        }
        return element;
      };
      const messenger = new MessengerUnderTest({ win });
      const connection = connectTo(messenger.port);
      expect(connection.error).to.include({ code: 'script-blocked' });
      expect(connection.error?.hint).to.contain('gc-auth-messenger');
      enforced = false;
      expect(messenger.up().types).to.eql(['loaded', 'auth-ready']);
    });
  });
});
