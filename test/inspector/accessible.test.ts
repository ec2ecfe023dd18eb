import { expect } from '@open-wc/testing';
import { clearInspectors, defineFace, placedFace, placedInspector, t0, tokenOf } from '../support/fake-face.js';
import type { FakeFace, InspectorUnderTest } from '../support/fake-face.js';

before(defineFace);
afterEach(() => {
  clearInspectors();
  document.documentElement.removeAttribute('style');
  document.body.removeAttribute('style');
});

function tellAll(face: FakeFace): void {
  for (const state of ['loading', 'signing-in', 'interaction-required', 'failed', 'signed-in', 'renewing']) {
    face.state$.next({ state, reason: `to ${state}` });
  }
  for (const [verdict, ms] of Object.entries({
    code: 230,
    'login-required': 90,
    skipped: 0,
    'provider-error': 4_000,
  })) {
    face.attempt$.next({ rung: 'silent', verdict, ms, reason: 'getAuthCode' });
  }
  face.token$.next(tokenOf());
  face.token$.next(tokenOf({ source: 'refresh', issuedAt: t0 + 1 }));
  face.error$.next({ code: 'offline', message: 'There is no network.', hint: 'Wait.' });
  face.fire('gc-interaction-required', { reason: 'login-required' });
  face.messenger$.next({ name: 'Auth.authenticated', data: { a: 1 } });
  face.diagnosis = () => ({
    checks: [
      { name: 'one', ok: true, found: 'fine' },
      { name: 'two', ok: undefined, found: 'unknown' },
      { name: 'three', ok: false, found: 'wrong', why: 'because', hint: 'do', link: 'https://docs.example/' },
    ],
  });
}

async function full(scheme: 'light' | 'dark', width?: string): Promise<InspectorUnderTest & { face: FakeFace }> {
  document.documentElement.style.colorScheme = scheme;
  document.body.style.background = scheme === 'dark' ? '#000' : '#fff';
  if (width) document.body.style.width = width;
  const face = placedFace();
  const under = await placedInspector({ open: '' });
  tellAll(face);
  await under.pass(5_000);
  await under.choose('doctor');
  under.find('gc-auth-inspector-doctor')!.shadowRoot!.querySelector('button')!.click();
  await face.answer();
  await under.settled();
  return { ...under, face };
}

describe('<gc-auth-inspector> for everyone', () => {
  for (const scheme of ['light', 'dark'] as const) {
    it(`is accessible in ${scheme} colours, with each tab`, async () => {
      const { inspector, choose } = await full(scheme);
      for (const tab of ['doctor', 'history', 'attempts', 'events'] as const) {
        await choose(tab);
        await expect(inspector, tab).to.be.accessible();
      }
    });
  }

  it('is accessible when it is closed, and without an element', async () => {
    const { inspector } = await placedInspector();
    await expect(inspector).to.be.accessible();
  });

  it('fits 320 pixels', async () => {
    const { inspector, choose, findAll } = await full('light', '320px');
    for (const tab of ['doctor', 'history', 'attempts', 'events'] as const) {
      await choose(tab);
      const right = inspector.getBoundingClientRect().right;
      const wide = findAll('button:not([role=tab]), p, input, select, pre').filter(
        (one) => one.getBoundingClientRect().right > right + 0.5,
      );
      expect(
        wide.map(({ outerHTML }) => outerHTML),
        tab,
      ).to.eql([]);
      expect(inspector.scrollWidth).to.be.at.most(inspector.clientWidth);
    }
  });

  it('announces the state politely, and nothing else that changes by itself', async () => {
    const { findAll } = await full('light');
    expect(
      findAll('[role=status], [aria-live], output, [role=alert], [role=log]').map(({ className }) => className),
    ).to.eql(['state']);
  });

  it('has one tab stop for the tabs; arrow keys, Home and End choose', async () => {
    const { inspector, find, findAll, settled } = await full('light');
    const chosen = (): Array<string | undefined> => [
      findAll('[aria-selected=true]')[0]?.id,
      findAll('[role=tab][tabindex="0"]')[0]?.id,
      inspector.shadowRoot!.activeElement?.id,
      find('[role=tabpanel]')!.getAttribute('aria-labelledby') ?? undefined,
    ];
    const press = async (key: string, more: KeyboardEventInit = {}): Promise<void> => {
      inspector.shadowRoot!.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }),
      );
      await settled();
    };
    find('#tab-doctor')!.focus();
    for (const [key, id] of [
      ['ArrowRight', 'tab-history'],
      ['ArrowRight', 'tab-attempts'],
      ['ArrowLeft', 'tab-history'],
      ['ArrowLeft', 'tab-doctor'],
      ['Home', 'tab-history'],
      ['End', 'tab-doctor'],
    ] as const) {
      await press(key);
      expect(chosen(), key).to.eql([id, id, id, id]);
    }
    await press('ArrowLeft', { ctrlKey: true });
    await press('a');
    expect(chosen()[0]).to.equal('tab-doctor');
    expect(findAll('[role=tab][tabindex="-1"]')).to.have.length(3);
  });

  it('keeps the focus on the button while the doctor works', async () => {
    const { face, find, settled, choose } = await full('light');
    await choose('doctor');
    const doctor = find('gc-auth-inspector-doctor')!.shadowRoot!;
    const button = doctor.querySelector('button')!;
    button.focus();
    button.click();
    await settled();
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    expect(doctor.activeElement).to.equal(button);
    await face.answer();
    await settled();
    expect(button.getAttribute('aria-disabled')).to.equal('false');
  });
});
