import { expect } from '@open-wc/testing';
import { command } from '../../src/genesys/genesys-global.js';
import { fakeWindow, globals } from '../support/fake-genesys.js';
import { connectTo, MessengerUnderTest } from '../support/messenger-under-test.js';

/** Notifications of a command's observable. */
function run(messenger: MessengerUnderTest, name: string, data?: unknown): unknown[] {
  const seen: unknown[] = [];
  command(messenger.win, name, data).subscribe({
    next: (value) => seen.push({ value }),
    error: (error: unknown) => seen.push({ error }),
    complete: () => seen.push('complete'),
  });
  return seen;
}

describe('commands to Messenger', () => {
  it('are sent on subscribe, with an empty object as default data', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    const cold = command(messenger.win, 'Messenger.open');
    expect(messenger.genesys.commands).to.eql([]);
    cold.subscribe();
    run(messenger, 'Database.set', { messaging: {} });
    expect(messenger.genesys.commands.map(({ name, data }) => ({ name, data }))).to.eql([
      { name: 'Messenger.open', data: {} },
      { name: 'Database.set', data: { messaging: {} } },
    ]);
  });

  it('emit the result once and complete; settling again has no effect', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    const seen = run(messenger, 'Auth.getTokens');
    const [given] = messenger.genesys.commands;
    given?.resolve('done');
    given?.resolve('again');
    given?.reject('no');
    expect(seen).to.eql([{ value: 'done' }, 'complete']);
  });

  it('error with what Messenger rejects with', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    const seen = run(messenger, 'Messenger.open');
    messenger.genesys.commands[0]?.reject('Messenger is already opened.');
    expect(seen).to.eql([{ error: 'Messenger is already opened.' }]);
  });

  it('call the function that replaced the queue', () => {
    const messenger = new MessengerUnderTest();
    messenger.up();
    const stale = globals(messenger.win)['Genesys'];
    globals(messenger.win)['Genesys'] = undefined;
    messenger.genesys.load();
    expect(globals(messenger.win)['Genesys']).not.to.equal(stale);
    run(messenger, 'Messenger.close');
    expect(messenger.genesys.commands).to.have.length(1);
  });

  it('error where Messenger is missing or throws', () => {
    const messenger = new MessengerUnderTest({ win: fakeWindow() });
    expect(run(messenger, 'Messenger.open')).to.have.length(1);
    globals(messenger.win)['Genesys'] = () => {
      throw new Error('vendor');
    };
    expect(run(messenger, 'Messenger.open')).to.have.length(1);
  });
});

describe('markup with the names of the globals', () => {
  const markup = [
    '<section id="NAME"></section>',
    '<a id="NAME" href="https://evil.example/"></a>',
    '<a id="NAME"></a><a id="NAME" name="q" href="https://evil.example/"></a>',
    '<form id="NAME"><input name="q"><input name="c"></form>',
    '<img name="NAME">',
    '<embed name="NAME">',
    '<object id="NAME"></object>',
    '<iframe name="NAME"></iframe>',
  ];
  for (const html of markup) {
    for (const names of [['Genesys'], ['_genesysJs'], ['Genesys', '_genesysJs']]) {
      it(`is no Messenger: ${html} as ${names.join(' and ')}`, async () => {
        const frame = document.createElement('iframe');
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
        frame.srcdoc = `<!doctype html>${names.map((name) => html.replaceAll('NAME', name)).join('')}`;
        document.body.append(frame);
        await loaded;
        const win = frame.contentWindow!;
        // Nothing is fetched.
        win.document.head.append = (script) => void win.document.implementation.createHTMLDocument().append(script);
        const messenger = new MessengerUnderTest({ win });
        expect(run(messenger, 'Messenger.open'), 'there is none yet').to.have.lengthOf(1);
        const { subscription } = connectTo(messenger.port);
        expect(globals(win)['_genesysJs']).to.equal('Genesys');
        const queue = globals(win)['Genesys'] as { q: unknown[][]; c: unknown };
        expect(queue).to.be.a('function');
        expect(queue.q.at(-1)?.slice(0, 2)).to.eql(['registerPlugin', 'AuthProvider']);
        subscription.unsubscribe();
        frame.remove();
      });
    }
  }

  it('does not matter once the page has a snippet', () => {
    const win = fakeWindow();
    const q: unknown[][] = [];
    Object.assign(globals(win), { _genesysJs: 'Chat', Chat: { q } });
    Object.setPrototypeOf(win, { Genesys: document.createElement('section') });
    connectTo(new MessengerUnderTest({ win }).port);
    expect(q.at(-1)?.slice(0, 2)).to.eql(['registerPlugin', 'AuthProvider']);
  });

  it('is not taken for a Messenger when script defines it: an object without queue, an element, a window', () => {
    for (const found of [{ c: {} }, { q: 'text' }, document.createElement('a'), window, 'text', 7, null]) {
      const win = fakeWindow();
      Object.assign(globals(win), { Genesys: found });
      connectTo(new MessengerUnderTest({ win }).port);
      expect(globals(win)['Genesys']).to.be.a('function');
    }
  });
});
