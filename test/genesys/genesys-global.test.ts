import { expect } from '@open-wc/testing';
import { fakeWindow, globals } from '../support/fake-genesys.js';
import { MessengerUnderTest } from '../support/messenger-under-test.js';

/** Notifications of a command's observable. */
function run(messenger: MessengerUnderTest, name: string, data?: unknown): unknown[] {
  const seen: unknown[] = [];
  messenger.port.command(name, data).subscribe({
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
    const cold = messenger.port.command('Messenger.open');
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
