import { expect } from '@open-wc/testing';
import { fakeWindow, globals, scriptOf } from '../support/fake-genesys.js';
import { genesysConfig, listen, MessengerUnderTest } from '../support/messenger-under-test.js';

interface Queue {
  q?: unknown[][];
  c?: unknown;
  t?: number;
}

const genesysOf = (win: Window): Queue => globals(win)['Genesys'] as Queue;

describe('the snippet', () => {
  it('leaves name, queue, time and options, and adds the script', () => {
    const messenger = new MessengerUnderTest();
    listen(messenger.port);
    const { deploymentId, environment, scriptUrl } = genesysConfig;
    expect(globals(messenger.win)['_genesysJs']).to.equal('Genesys');
    expect(genesysOf(messenger.win).c).to.eql({ deploymentId, environment });
    expect(genesysOf(messenger.win).t).to.be.a('number');
    expect(genesysOf(messenger.win).q?.at(-1)?.slice(0, 2)).to.eql(['registerPlugin', 'AuthProvider']);
    const script = scriptOf(messenger.win);
    expect(script).to.include({ async: true, charset: 'utf-8', src: scriptUrl, nonce: '' });
  });

  it('hands on debug and the nonce', () => {
    const messenger = new MessengerUnderTest({ config: { debug: true, nonce: 'n0nce' } });
    listen(messenger.port);
    expect(genesysOf(messenger.win).c).to.include({ debug: true });
    expect(scriptOf(messenger.win)?.nonce).to.equal('n0nce');
  });

  it('uses the page’s own snippet, whatever its global is called, and adds no second script', () => {
    const win = fakeWindow();
    const script = win.document.createElement('script');
    script.src = genesysConfig.scriptUrl;
    win.document.head.append(script);
    const q: unknown[][] = [];
    Object.assign(globals(win), {
      _genesysJs: 'Chat',
      Chat: Object.assign((...call: unknown[]) => q.push(call), { c: { deploymentId: genesysConfig.deploymentId } }),
    });
    const told = listen(new MessengerUnderTest({ win }).port);
    expect(win.document.scripts).to.have.length(1);
    expect(q.at(-1)?.slice(0, 2)).to.eql(['registerPlugin', 'AuthProvider']);
    script.dispatchEvent(new Event('error'));
    expect(told.error).to.include({ code: 'script-blocked' });
  });

  it('uses a snippet whose global is a plain object', () => {
    const win = fakeWindow();
    const plain: Queue = { c: {}, q: [] };
    Object.assign(globals(win), { _genesysJs: 'Genesys', Genesys: plain });
    const told = listen(new MessengerUnderTest({ win }).port);
    expect(plain.q?.at(-1)?.slice(0, 2)).to.eql(['registerPlugin', 'AuthProvider']);
    expect(told.error).to.equal(undefined);
  });

  it('does not take over a snippet of another deployment', () => {
    const win = fakeWindow();
    Object.assign(globals(win), { _genesysJs: 'Genesys', Genesys: { c: { deploymentId: 'another' }, q: [] } });
    const told = listen(new MessengerUnderTest({ win }).port);
    expect(told.error).to.include({ code: 'config-invalid' });
    expect(told.error?.message).to.contain('deployment-id').and.contain('another');
    expect(genesysOf(win).q).to.eql([]);
  });

  it('does not take letter case for another deployment', () => {
    const win = fakeWindow();
    const id = 'ABCDEF00-0000-4000-8000-000000000001';
    Object.assign(globals(win), { _genesysJs: 'Genesys', Genesys: { c: { deploymentId: id }, q: [] } });
    const { port } = new MessengerUnderTest({ win, config: { deploymentId: id.toLowerCase() } });
    expect(listen(port).error).to.equal(undefined);
  });

  describe('under Trusted Types', () => {
    it('makes the address trusted by a policy of its own, once', () => {
      const made: string[] = [];
      const trustedTypes = {
        createPolicy(name: string, rules: { createScriptURL(url: string): string }) {
          made.push(name);
          return rules;
        },
      };
      const messenger = new MessengerUnderTest({ win: fakeWindow({ trustedTypes }) });
      listen(messenger.port);
      scriptOf(messenger.win)?.dispatchEvent(new Event('error'));
      listen(messenger.port);
      expect(made).to.eql(['gc-auth-messenger']);
      expect(scriptOf(messenger.win)?.src).to.equal(genesysConfig.scriptUrl);
    });

    it('goes on without a policy where the page allows none and enforces nothing', () => {
      const trustedTypes = {
        createPolicy(): never {
          throw new TypeError('Policy disallowed.');
        },
      };
      const messenger = new MessengerUnderTest({ win: fakeWindow({ trustedTypes }) });
      expect(messenger.up().types).to.eql(['loaded', 'auth-ready']);
    });

    it('says script-blocked where text is refused, and tries again when asked to', () => {
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
      const told = listen(messenger.port);
      expect(told.error).to.include({ code: 'script-blocked' });
      expect(told.error?.hint).to.contain('gc-auth-messenger');
      enforced = false;
      expect(messenger.up().types).to.eql(['loaded', 'auth-ready']);
    });
  });
});
