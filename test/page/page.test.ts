import { expect } from '@open-wc/testing';
import { pageAddress } from '../../src/page/address.js';
import { rememberSecret } from '../../src/core/secrets.js';
import { createDebugLog } from '../../src/page/debug-log.js';
import { createScheduler } from '../../src/page/scheduler.js';
import { whenIdle } from '../../src/page/when-idle.js';
import { documentWith, windowWith } from '../support/window-with.js';

describe('pageAddress', () => {
  const win = windowWith({
    location: { href: 'https://www.example.com/shop/?q=1#top' },
    document: documentWith({ baseURI: 'https://evil.example/' }),
  });

  it('is its URL; relative URLs resolve against it, not against an injected <base>', () => {
    const { href, parse } = pageAddress(win);
    expect(href).to.equal('https://www.example.com/shop/?q=1#top');
    expect(parse('callback.html')?.href).to.equal('https://www.example.com/shop/callback.html');
    expect(parse('https://other.example/x')?.origin).to.equal('https://other.example');
  });

  it('resolves against the origin where nothing is relative to the address, as in a srcdoc frame', () => {
    const framed = (href: string, origin = 'https://shop.example') =>
      pageAddress(windowWith({ location: { href, origin: 'null' }, origin }));
    for (const href of ['about:srcdoc', 'about:blank', 'blob:https://shop.example/7a1c', 'data:text/html,x']) {
      expect(framed(href).parse('/callback.html')?.href).to.equal('https://shop.example/callback.html');
      expect(framed(href).parse('https://other.example/x')?.href).to.equal('https://other.example/x');
      expect(framed(href, 'null').parse('/callback.html')).to.equal(undefined);
    }
  });

  it('resolves against the address where a script of the page has a variable `origin`', () => {
    const page = windowWith({
      location: { href: 'https://shop.example/', origin: 'https://shop.example' },
      origin: 'Berlin',
    });
    expect(pageAddress(page).parse('/callback.html')?.href).to.equal('https://shop.example/callback.html');
  });

  it('is undefined for what is no URL', () => expect(pageAddress(win).parse('https://')).to.equal(undefined));
});

describe('the debug log', () => {
  const { debug } = console;
  let lines: unknown[][];
  beforeEach(() => {
    lines = [];
    console.debug = (...line: unknown[]) => void lines.push(line);
  });
  afterEach(() => {
    console.debug = debug;
  });

  it('writes nothing unless enabled', () => {
    createDebugLog(false)('line', 'detail');
    expect(lines).to.eql([]);
  });

  it('writes no secret', () => {
    rememberSecret('n-0S6_WzA2Mj');
    createDebugLog(true)('asked with n-0S6_WzA2Mj', { nested: ['n-0S6_WzA2Mj'], refreshToken: 'abc' });
    expect(lines).to.eql([['[gc-auth-messenger]', 'asked with …', { nested: ['…'], refreshToken: '…' }]]);
  });

  it('prefixes every line with its name', () => {
    const log = createDebugLog(true);
    log('loading → signed-in', 'restored');
    log('alone');
    expect(lines).to.eql([
      ['[gc-auth-messenger]', 'loading → signed-in', 'restored'],
      ['[gc-auth-messenger]', 'alone', ''],
    ]);
  });
});

describe('whenIdle', () => {
  it('waits for an idle period, on a busy page at most four seconds', () => {
    let idle: (() => void) | undefined;
    const requests: unknown[] = [];
    const cancelled: number[] = [];
    const win = windowWith({
      requestIdleCallback: (callback: () => void, options: unknown) => {
        idle = callback;
        requests.push(options);
        return 7;
      },
      cancelIdleCallback: (handle: number) => cancelled.push(handle),
    });
    let called = 0;
    const stop = whenIdle(win, () => called++);
    expect(requests).to.eql([{ timeout: 4_000 }]);
    expect(called).to.equal(0);
    idle!();
    expect(called).to.equal(1);
    stop();
    expect(cancelled).to.eql([7]);
  });

  it('waits 200 ms in a browser without requestIdleCallback', () => {
    const timers: Array<readonly [() => void, number]> = [];
    const cleared: number[] = [];
    const win = {
      setTimeout: (callback: () => void, ms: number) => timers.push([callback, ms]),
      clearTimeout: (handle: number) => cleared.push(handle),
    };
    let called = 0;
    const stop = whenIdle(win as unknown as Window, () => called++);
    expect(timers.map(([, ms]) => ms)).to.eql([200]);
    timers[0]![0]();
    expect(called).to.equal(1);
    stop();
    expect(cleared).to.eql([1]);
  });
});

describe('createScheduler', () => {
  it('reads the clock it is given', () => expect(createScheduler(() => 42).now()).to.equal(42));

  it('runs work once, and cancelled work never', async () => {
    const scheduler = createScheduler();
    const ran: string[] = [];
    scheduler.schedule(() => void ran.push('cancelled'), 0).unsubscribe();
    scheduler.schedule(() => void ran.push('once'), 0);
    await new Promise<void>((resolve) => scheduler.schedule(() => resolve(), 20));
    expect(ran).to.eql(['once']);
    expect(scheduler.now()).to.be.closeTo(Date.now(), 1_000);
  });
});
