import { expect } from '@open-wc/testing';
import { chartItems, fittingRange } from '../../src/inspector/chart-items.js';
import { clock, duration, inWords } from '../../src/inspector/format.js';
import { History } from '../../src/inspector/history.js';
import { clearInspectors, defineFace, placedFace, placedInspector, t0, tokenOf } from '../support/fake-face.js';

before(defineFace);
afterEach(clearInspectors);

describe('the timeline of <gc-auth-inspector>', () => {
  it('has states until the next one, attempts with their duration, JWTs until they expire, and events', () => {
    const face = placedFace();
    let now = t0;
    const history = new History(
      () => now,
      () => undefined,
    );
    const stop = history.watch(face);
    face.state$.next({ state: 'signing-in', reason: 'start' });
    now += 4_000;
    face.attempt$.next({ rung: 'silent', verdict: 'code', ms: 3_000, reason: 'start' });
    face.token$.next(tokenOf({ issuedAt: now, expiresAt: now + 30_000 }));
    face.state$.next({ state: 'signed-in', reason: 'Auth.authenticated' });
    face.error$.next({ code: 'offline' });
    now += 6_000;
    const items = chartItems(history, now, 60, 15).map(({ lane, label, from, to, tone }) => [
      lane,
      label,
      from - t0,
      to === undefined ? undefined : to - t0,
      tone,
    ]);
    expect(items).to.eql([
      [0, 'signing-in', 0, 4_000, 'busy'],
      [0, 'signed-in', 4_000, 12_000, 'good'],
      [1, 'silent', 1_000, 4_000, 'good'],
      [2, 'sign-in', 4_000, 27_000, 'good'],
      [3, 'offline', 4_000, undefined, 'bad'],
    ]);
    // A minute and a half later, what has ended is not drawn.
    expect(chartItems(history, now + 90_000, 60, 15).map(({ label }) => label)).to.eql(['signed-in']);
    stop();
  });

  it('ends a JWT when the next one comes, and when the person is signed out', () => {
    const face = placedFace();
    let now = t0;
    const history = new History(
      () => now,
      () => undefined,
    );
    const stop = history.watch(face);
    face.token$.next(tokenOf());
    now += 10_000;
    face.token$.next(tokenOf({ issuedAt: now, source: 'refresh' }));
    now += 10_000;
    face.fire('gc-signed-out', { reason: 'user' });
    expect(history.tokens.map(({ endedAt }) => endedAt! - t0)).to.eql([10_000, 20_000]);
    expect(history.token).to.equal(undefined);
    stop();
  });

  it('is an image with a summary; its range can be chosen', async () => {
    const face = placedFace();
    const { find, pass } = await placedInspector({ open: '' });
    face.state$.next({ state: 'signed-in', reason: 'start' });
    face.attempt$.next({ rung: 'silent', verdict: 'code', ms: 200, reason: 'start' });
    await pass(1_000);
    const label = (): string | null => find('[role=img]')!.getAttribute('aria-label');
    expect(label()).to.match(/^The last 60 seconds: 1 state, 1 attempt, 0 JWTs, 0 events\./);
    await pass(120_000);
    expect(label()).to.match(/^The last 5 minutes: 1 state, 1 attempt/);
    const select = find<HTMLSelectElement>('select')!;
    select.value = '900';
    select.dispatchEvent(new Event('change'));
    await pass(0);
    expect(label()).to.match(/^The last 15 minutes/);
    expect(find('.axis')!.textContent).to.contain('15 min');
  });

  it('places by custom properties that script sets, so that no style attribute needs a policy', async () => {
    const face = placedFace();
    const { find, pass } = await placedInspector({ open: '' });
    const violations: string[] = [];
    const record = (event: SecurityPolicyViolationEvent): void => void violations.push(event.violatedDirective);
    document.addEventListener('securitypolicyviolation', record);
    face.attempt$.next({ rung: 'silent', verdict: 'code', ms: 2_000, reason: 'start' });
    await pass(3_000);
    const item = find('.segment[data-lane="1"]')!;
    expect(item.style.getPropertyValue('--from')).to.equal('-2');
    expect(item.style.getPropertyValue('--for')).to.equal('2');
    document.removeEventListener('securitypolicyviolation', record);
    expect(violations).to.eql([]);
  });
});

describe('what the inspector writes', () => {
  it('for times', () => {
    expect([0, 42_000, 845_000, 3_720_000].map(clock)).to.eql(['0:00', '0:42', '14:05', '1:02:00']);
    expect([230.4, 4_210].map(duration)).to.eql(['230 ms', '4.2 s']);
    expect([1_000, 119_000, 900_000, 7_200_000].map(inWords)).to.eql([
      '1 second',
      '119 seconds',
      '15 minutes',
      '2 hours',
    ]);
    expect([0, 60_000, 61_000, 1e9].map(fittingRange)).to.eql([60, 60, 300, 3_600]);
  });
});
