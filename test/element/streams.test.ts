import { expect } from '@open-wc/testing';
import type { Observable } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import type { TokenInfo } from '../../src/core/token.js';
import { jwt, t0 } from '../support/fixtures.js';
import { clearAway, elementUnderTest, place, placedWith } from '../support/harness-element.js';

afterEach(clearAway);

const life = 900_000;

function collected<T>(source: Observable<T>): T[] {
  const values: T[] = [];
  source.subscribe((value) => values.push(value));
  return values;
}

describe('the events of <gc-auth-messenger>', () => {
  it('tell the way in, in order', async () => {
    const { told, signedIn } = await placedWith();
    await signedIn();
    expect(told()).to.eql([
      'gc-state-change loading',
      'gc-ready',
      'gc-state-change signed-in',
      'gc-token',
      'gc-signed-in',
    ]);
  });

  it('bubble out of shadow roots, except the one that carries the JWT', async () => {
    const host = document.createElement('div');
    document.body.append(host);
    const under = elementUnderTest();
    const heard: string[] = [];
    const names = [
      ...['gc-ready', 'gc-state-change', 'gc-token', 'gc-signed-in', 'gc-signed-out'],
      ...['gc-interaction-required', 'gc-error', 'gc-messenger-event'],
    ];
    for (const name of names) host.addEventListener(name, ({ type }) => heard.push(type));
    await place(under, host.attachShadow({ mode: 'open' }));
    await under.signedIn();
    under.messenger.emit({ type: 'event', name: 'Launcher.ready', data: {} });
    void under.element.signOut().catch(() => undefined);
    under.messenger.lastCommand('Auth.logout')!.resolve();
    void under.element.signIn().catch(() => undefined);
    under.code.answerPopup(new GcAuthError('popup-closed'));
    expect([...new Set(heard)].sort()).to.eql(names.filter((name) => name !== 'gc-token').sort());
    expect(under.events.map(({ type }) => type)).to.include('gc-token');
    // A listener must not change what the next listener, a stream or the rules get.
    for (const { type, detail } of under.events) expect(detail, type).to.satisfy(Object.isFrozen);
    for (const { type, bubbles, composed, cancelable } of under.events) {
      expect({ bubbles, composed, cancelable }, type).to.eql({
        bubbles: type !== 'gc-token',
        composed: type !== 'gc-token',
        cancelable: type === 'gc-interaction-required' || type === 'gc-error',
      });
    }
    host.remove();
  });

  it('carry what the streams carry', async () => {
    const under = elementUnderTest();
    const { element, messenger, events, code } = under;
    const states = collected(element.state$);
    const tokens = collected(element.token$);
    const errors = collected(element.error$);
    const facts = collected(element.messenger$);
    await place(under);
    await under.signedIn();
    messenger.emit({ type: 'event', name: 'Launcher.ready', data: { visible: true } });
    messenger.call();
    code.answerSilent(new GcAuthError('issuer-mismatch'));
    const details = (type: string): unknown[] =>
      events.filter((event) => event.type === type).map(({ detail }) => detail as unknown);
    expect(details('gc-state-change')).to.eql(states);
    expect(details('gc-token')[0]).to.equal(tokens[0]);
    expect(details('gc-error')[0]).to.equal(errors[0]);
    expect(details('gc-messenger-event')[0]).to.equal(facts[0]);
    expect(facts).to.eql([{ name: 'Launcher.ready', data: { visible: true } }]);
    expect(errors[0]).to.include({ code: 'issuer-mismatch' });
    expect(states.map(({ state, previous }) => [previous, state])).to.eql([
      [undefined, 'loading'],
      ['loading', 'signed-in'],
      ['signed-in', 'reauthenticating'],
      ['reauthenticating', 'interaction-required'],
    ]);
    expect(states.map(({ reason }) => typeof reason)).to.eql(['string', 'string', 'string', 'string']);
  });

  it('are as many as there are refreshes', async () => {
    const { element, messenger, signedIn, events } = await placedWith();
    await signedIn();
    const refreshed = element.refresh();
    messenger.emit({ type: 'authenticated', token: jwt('j2', life, t0 + 1000) });
    const token = await refreshed;
    expect(token).to.include({ jwt: 'j2', source: 'refresh' });
    expect(events.filter(({ type }) => type === 'gc-token').map(({ detail }) => (detail as TokenInfo).jwt)).to.eql([
      'j1',
      'j2',
    ]);
    expect(events.filter(({ type }) => type === 'gc-signed-in')).to.have.lengthOf(1);
  });

  for (const reason of ['user', 'other-tab'] as const) {
    it(`say why someone is signed out: ${reason}`, async () => {
      const { element, messenger, signedIn, told } = await placedWith();
      await signedIn();
      if (reason === 'user') {
        const done = element.signOut();
        messenger.lastCommand('Auth.logout')!.resolve();
        await done;
      } else {
        messenger.emit({ type: 'logged-out' });
      }
      expect(told().at(-1)).to.equal(`gc-signed-out ${reason}`);
      expect(element.state).to.equal('signed-out');
    });
  }
});

describe('the streams of <gc-auth-messenger>', () => {
  it('state$ replays the latest', async () => {
    const { element, signedIn } = await placedWith();
    expect(collected(element.state$).map(({ state }) => state)).to.eql(['loading']);
    await signedIn();
    expect(collected(element.state$).map(({ state }) => state)).to.eql(['signed-in']);
  });

  it('state$ says nothing before there is a state', () => {
    expect(collected(elementUnderTest().element.state$)).to.eql([]);
  });

  it('token$ replays the latest while it is valid', async () => {
    const { element, signedIn, time, page } = await placedWith();
    expect(collected(element.token$)).to.eql([]);
    await signedIn(life);
    expect(collected(element.token$).map(({ jwt: text }) => text)).to.eql(['j1']);
    page.visible = false;
    time.advance(life);
    expect(collected(element.token$)).to.eql([]);
  });

  it('token$ replays nothing of an element that has left', async () => {
    const { element, signedIn, time } = await placedWith();
    await signedIn(life);
    element.remove();
    await Promise.resolve();
    time.advance(life * 2);
    expect(collected(element.token$)).to.eql([]);
  });

  it('error$ and messenger$ replay nothing', async () => {
    const { element, messenger, told } = await placedWith();
    messenger.emit({ type: 'event', name: 'Launcher.ready', data: {} });
    messenger.fail(new GcAuthError('domain-not-allowed'));
    expect(told()).to.include('gc-error domain-not-allowed');
    expect([...collected(element.error$), ...collected(element.messenger$)]).to.eql([]);
  });

  it('outlive a change of attributes', async () => {
    const { element, messenger, signedIn } = await placedWith();
    const states = collected(element.state$).length ? collected(element.state$) : [];
    const tokens = collected(element.token$);
    await signedIn();
    element.scope = 'openid more';
    await element.updateComplete;
    expect(messenger.connected).to.equal(1);
    expect(tokens.map(({ jwt: text, source }) => [text, source])).to.eql([
      ['j1', 'restored'],
      ['j1', 'restored'],
    ]);
    expect(states.at(-1)?.state).to.equal('signed-in');
  });

  it('let a subscriber go', async () => {
    const { element, signedIn } = await placedWith();
    const tokens: TokenInfo[] = [];
    element.token$.subscribe((token) => tokens.push(token)).unsubscribe();
    await signedIn();
    expect(tokens).to.eql([]);
  });
});

describe('the custom state', () => {
  it('is one at a time', async () => {
    const { element, signedIn } = await placedWith();
    expect([element.matches(':state(loading)'), element.state]).to.eql([true, 'loading']);
    await signedIn();
    expect(element.matches(':state(signed-in)')).to.equal(true);
    expect(element.matches(':state(loading)')).to.equal(false);
  });

  it('cannot be set from outside', async () => {
    const { element } = await placedWith();
    expect(() => Object.assign(element, { state: 'signed-in' })).to.throw(TypeError);
  });
});
