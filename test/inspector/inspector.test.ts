import { expect } from '@open-wc/testing';
import { examine } from '../../src/doctor/doctor.js';
import { History } from '../../src/inspector/history.js';
import { readChecks } from '../../src/inspector/records.js';
import { clearInspectors, defineFace, placedFace, placedInspector, t0, tokenOf } from '../support/fake-face.js';
import { configOf } from '../support/fixtures.js';

before(defineFace);
afterEach(() => {
  clearInspectors();
  performance.clearMeasures();
});

describe('<gc-auth-inspector>', () => {
  it('shows the state alone until it is opened; `open` reflects', async () => {
    placedFace().state$.next({ state: 'signed-out', reason: 'start' });
    const { inspector, find, settled, text } = await placedInspector();
    expect(text()).to.contain('signed-out Nobody is signed in. Reason: start');
    expect(find('[role=tablist]')).to.equal(undefined);
    const toggle = find('[aria-expanded]')!;
    expect(toggle.getAttribute('aria-expanded')).to.equal('false');
    toggle.click();
    await settled();
    expect(inspector.hasAttribute('open')).to.equal(true);
    expect(toggle.getAttribute('aria-expanded')).to.equal('true');
    expect(find('[role=tablist]')).to.exist;
    inspector.open = false;
    await settled();
    expect(inspector.hasAttribute('open')).to.equal(false);
  });

  it('counts the life of the JWT down, and never shows the JWT', async () => {
    const face = placedFace();
    const { find, pass, text } = await placedInspector({ open: '' });
    expect(text()).to.contain('Genesys JWT – There is no JWT.');
    face.token$.next(tokenOf({ jwt: 'eyJhbGciOiJSUzI1NiJ9.payload.signature' }));
    face.state$.next({ state: 'signed-in', reason: 'Auth.authenticated' });
    await pass(60_000);
    const meter = find('[role=meter]')!;
    expect(text()).to.contain('14:00').and.to.contain('JWT from a new code').and.to.contain('Person: Anna Alm.');
    expect(meter.getAttribute('aria-valuetext')).to.equal('14 minutes left');
    expect(meter.getAttribute('aria-valuenow')).to.equal('93');
    await pass(900_000);
    expect(meter.getAttribute('aria-valuetext')).to.equal('Expired');
    expect(text()).to.contain('0:00').and.to.contain('· expired').and.not.to.contain('eyJ');
    face.state$.next({ state: 'signed-out', reason: 'user' });
    await pass(0);
    expect(meter.getAttribute('aria-valuetext')).to.equal('There is no JWT');
  });

  it('lists attempts, successes too, with duration and reason', async () => {
    const face = placedFace();
    const { choose, find, findAll, settled, text } = await placedInspector({ open: '' });
    await choose('attempts');
    expect(text()).to.contain('No attempt to get a code yet.');
    face.attempt$.next({ rung: 'silent', verdict: 'login-required', ms: 230.4, reason: 'getAuthCode' });
    face.attempt$.next({ rung: 'popup', verdict: 'code', ms: 4_210, reason: 'sign-in' });
    await settled();
    const rows = findAll('gc-auth-inspector-attempts li, li').map(({ textContent }) =>
      textContent.replace(/\s+/g, ' '),
    );
    expect(rows[0])
      .to.contain('popup')
      .and.to.contain('code')
      .and.to.contain('4.2 s')
      .and.to.contain('Reason: sign-in');
    expect(rows[1]).to.contain('login-required').and.to.contain('230 ms').and.to.contain('requires a login');
    expect(find('#tab-attempts')!.textContent).to.contain('2');
  });

  it('knows the attempts from before it came, from the user timings', () => {
    performance.measure('gc-auth:silent', { start: 1, end: 5, detail: { verdict: 'code', reason: 'getAuthCode' } });
    performance.measure('of the page', { start: 1, end: 5 });
    const at = performance.timeOrigin + 5;
    const attempts = (now: number): unknown[] =>
      new History(
        () => now,
        () => undefined,
      ).attempts.map((one) => ({ ...one }));
    expect(attempts(at + 1)).to.eql([{ at, rung: 'silent', verdict: 'code', ms: 4, reason: 'getAuthCode' }]);
    expect(attempts(at - 1)).to.eql([]);
  });

  it('tells the history in words, with the hint of an error', async () => {
    const face = placedFace();
    face.error = { code: 'domain-not-allowed', message: 'Genesys refuses this domain.', hint: 'Allow it.' };
    const { inspector, find, settled, text } = await placedInspector({ open: '' });
    face.state$.next({ state: 'loading', reason: 'start' });
    face.state$.next({ state: 'signed-in', reason: 'Auth.authenticated' });
    face.fire('gc-ready');
    face.fire('gc-interaction-required', { reason: 'login-required' });
    face.fire('gc-signed-out', { reason: 'other-tab' });
    face.messenger$.next({ name: 'Auth.error', data: { message: 'no' } });
    inspector.note('Clicked on chat');
    await settled();
    for (const expected of [
      'domain-not-allowed Genesys refuses this domain. Allow it.',
      'loading → signed-in Auth.authenticated',
      'Messenger is ready',
      'A person must sign in login-required',
      'Signed out other-tab',
      'Genesys refused Auth.error',
      'Clicked on chat',
    ]) {
      expect(text()).to.contain(expected);
    }
    expect(find('li .title')!.textContent, 'newest first').to.equal('Clicked on chat');
  });

  it('filters Messenger’s events by name, and shows their data', async () => {
    const face = placedFace();
    const { choose, find, findAll, settled, text } = await placedInspector({ open: '' });
    await choose('events');
    expect(text()).to.contain('Messenger has published no event yet.');
    face.messenger$.next({ name: 'Launcher.ready', data: undefined });
    face.messenger$.next({ name: 'Auth.authenticated', data: { authenticated: true } });
    await settled();
    expect(findAll('li')).to.have.length(2);
    expect(find('pre')!.textContent).to.equal('{\n  "authenticated": true\n}');
    const filter = find<HTMLInputElement>('input')!;
    const type = async (value: string): Promise<void> => {
      filter.value = value;
      filter.dispatchEvent(new Event('input'));
      await settled();
    };
    await type(' launcher');
    expect(findAll('li').map(({ textContent }) => textContent.includes('Launcher.ready'))).to.eql([true]);
    expect(text()).to.contain('1 of 2');
    await type('nothing');
    expect(text()).to.contain('No event has such a name.');
  });

  it('shows what diagnose() finds, problems first, with all that the doctor tells', async () => {
    const face = placedFace();
    const { choose, find, findAll, settled, text } = await placedInspector({ open: '' });
    await choose('doctor');
    face.diagnosis = () => ({
      ok: false,
      checks: [
        { name: 'storage', ok: true, found: 'can be written' },
        { name: 'deployment', ok: undefined, found: 'could not be read' },
        {
          id: 'callback-frame',
          name: 'callback page',
          ok: false,
          found: 'X-Frame-Options: DENY',
          why: 'A hidden frame loads it.',
          hint: 'Send no such header.',
          link: 'https://docs.example/setup#callback',
        },
        { name: 'sly', ok: false, found: 'x', link: 'javascript:alert(1)' },
      ],
    });
    find('gc-auth-inspector-doctor')!.shadowRoot!.querySelector('button')!.click();
    await settled();
    expect(text()).to.contain('Checking…');
    await face.answer();
    await settled();
    const rows = findAll('li').map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
    expect(rows[0]).to.contain('callback page problem').and.to.contain('A hidden frame loads it.');
    expect(rows[0]).to.contain('Send no such header.').and.to.contain('Read more');
    expect(rows.at(-2)).to.contain('deployment not known');
    expect(rows.at(-1)).to.contain('storage fine');
    expect(text()).to.contain('2 problems in 4 checks.');
    expect(findAll('a').map((link) => (link as HTMLAnchorElement).href)).to.eql([
      'https://docs.example/setup#callback',
    ]);
    expect(find('#callback-frame')).to.exist;

    face.diagnosis = () => {
      throw new Error('The page blocks it.');
    };
    find('gc-auth-inspector-doctor')!.shadowRoot!.querySelector('button')!.click();
    await face.answer();
    await settled();
    expect(text()).to.contain('The check failed: The page blocks it.');
  });

  it('shows each finding of the doctor with its place in the documentation, and what can be improved after the problems', async () => {
    const attributes = { 'client-id': 'YOUR_CLIENT_ID' };
    const { checks } = examine({ config: configOf(), attributes, configFaults: [] });
    const face = placedFace();
    face.diagnosis = () => ({ ok: false, checks: [...checks].reverse() });
    const { choose, find, findAll, settled, text } = await placedInspector({ open: '' });
    await choose('doctor');
    find('gc-auth-inspector-doctor')!.shadowRoot!.querySelector('button')!.click();
    await face.answer();
    await settled();
    const rows = findAll('li').map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
    expect(rows).to.have.length(checks.length);
    expect(rows[0]).to.match(/^configuration problem .* More: docs\/doctor\.md#attribute-placeholder in the package$/);
    expect(rows[1]).to.match(/^scope to improve .* More: docs\/doctor\.md#scope-recommended in the package$/);
    expect(findAll('li').map(({ dataset }) => dataset['tone'])).to.eql([
      'bad',
      'warn',
      ...checks.filter(({ ok }) => ok === undefined).map(() => 'neutral'),
      ...checks.filter(({ ok, why }) => ok && why === undefined).map(() => 'good'),
    ]);
    expect(text()).to.contain(`1 problem, 1 to improve in ${checks.length} checks.`);
    expect(findAll('a')).to.eql([]);

    face.diagnosis = () => ({ ok: true, checks: checks.filter(({ ok }) => ok !== false) });
    find('gc-auth-inspector-doctor')!.shadowRoot!.querySelector('button')!.click();
    await face.answer();
    await settled();
    expect(text()).to.contain(`No problem, 1 to improve in ${checks.length - 1} checks.`);
  });

  it('takes nothing but a file of the documentation for a place in it', () => {
    for (const link of [
      'javascript:alert(1)',
      'docs/../x.md#a',
      '/docs/doctor.md',
      'docs/doctor.md#a b',
      '//a.example/docs/a.md',
    ]) {
      expect(readChecks({ checks: [{ link }] }).map((check) => [check.link, check.place])).to.eql([
        [undefined, undefined],
      ]);
    }
  });

  it('shows bad data as unknown, and lets nothing reach the page', async () => {
    const errors: unknown[] = [];
    const record = (event: Event): void => void errors.push(event);
    addEventListener('error', record);
    addEventListener('unhandledrejection', record);
    const face = placedFace();
    const { choose, settled, text, pass } = await placedInspector({ open: '' });
    const nasty = {
      get state(): string {
        throw new Error('getter');
      },
    };
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    for (const value of [
      undefined,
      null,
      7,
      'text',
      [],
      {},
      nasty,
      Object.create(null),
      new Proxy({}, { get: () => () => 1 }),
    ]) {
      for (const stream of [face.state$, face.token$, face.attempt$, face.error$, face.messenger$]) stream.next(value);
      for (const type of ['gc-ready', 'gc-signed-out', 'gc-interaction-required']) face.fire(type, value);
    }
    face.token$.next({ issuedAt: NaN, expiresAt: 9e99, source: {}, claims: 'none' });
    face.token$.next({ issuedAt: t0 + 5_000, expiresAt: t0, source: 'refresh', claims: null });
    face.attempt$.next({ rung: 1, verdict: {}, ms: -1, reason: '' });
    face.messenger$.next({ name: 'constructor', data: circular });
    face.diagnosis = () => ({ checks: 'none' });
    for (const tab of ['attempts', 'events', 'doctor', 'history'] as const) {
      await choose(tab);
      await pass(1_000);
    }
    expect(text()).to.contain('unknown');
    face.error$.error(new Error('broken'));
    await settled();
    await new Promise((resolve) => setTimeout(resolve));
    expect(errors).to.eql([]);
    removeEventListener('error', record);
    removeEventListener('unhandledrejection', record);
  });

  it('listens to the events of an element without streams', async () => {
    const face = placedFace();
    const { inspector, settled, text } = await placedInspector({ open: '' });
    inspector.remove();
    for (const name of ['state$', 'token$', 'attempt$', 'error$', 'messenger$']) {
      Object.defineProperty(face, name, { value: undefined });
    }
    document.body.append(inspector);
    face.fire('gc-state-change', { state: 'renewing', reason: 'timer' });
    face.fire('gc-attempt', { rung: 'silent', verdict: 'code', ms: 12, reason: 'timer' });
    await settled();
    expect(text()).to.contain('renewing').and.to.contain('silent: code · 12 ms');
    inspector.remove();
    face.fire('gc-state-change', { state: 'failed', reason: 'gone' });
    await settled();
    expect(text()).not.to.contain('gone');
  });

  it('keeps the latest of very many events', async () => {
    const face = placedFace();
    const { choose, findAll, settled, text } = await placedInspector({ open: '' });
    await choose('events');
    for (let index = 0; index < 1_200; index++) face.messenger$.next({ name: `Plugin.event${index}`, data: undefined });
    await settled();
    expect(findAll('li')).to.have.length(500);
    expect(text()).to.contain('Plugin.event1199').and.not.to.contain('Plugin.event699 ');
  });
});
