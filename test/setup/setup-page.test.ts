import { expect } from '@open-wc/testing';
import { askDoctor } from '../../src/setup/ask-doctor.js';
import '../../src/setup/define.js';
import type { GcAuthSetup } from '../../src/setup/gc-auth-setup.js';
import { violations } from '../support/axe.js';
import { deploymentId } from '../support/fixtures.js';
import { openNetwork } from '../support/network.js';
import { until } from '../support/until.js';
import { emulatesMedia, media } from '../support/user.js';

const address = location.pathname + location.search;
const complete = `#provider=keycloak&keycloak-base=login.example.com&keycloak-realm=shop&client-id=chat&environment=prod-euw1&deployment-id=${deploymentId}`;

async function placed(fragment = '') {
  history.replaceState(null, '', address + fragment);
  const setup = document.createElement('gc-auth-setup') as GcAuthSetup;
  document.body.append(setup);
  await setup.updateComplete;
  const root = setup.shadowRoot!;
  const find = <T extends HTMLElement = HTMLInputElement>(selector: string): T => root.querySelector<T>(selector)!;
  const fill = async (name: string, value: string, leave = true): Promise<void> => {
    const field = find(`[name="${name}"]`);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    if (leave) field.dispatchEvent(new Event('change', { bubbles: true }));
    await setup.updateComplete;
  };
  const codes = (): string[] =>
    [...root.querySelectorAll<HTMLElement & { text: string }>('gc-auth-setup-code')].map(({ text }) => text);
  const said = (name: string): string => find(`#fault-${name}`).textContent.trim();
  const doctor = find<HTMLElement>('gc-auth-inspector-doctor').shadowRoot!;
  const check = (): void => doctor.querySelector('button')!.click();
  return { setup, root, find, fill, codes, said, doctor, check };
}

/** Fails every request, those that follow too. */
async function failAll({ requests }: ReturnType<typeof openNetwork>): Promise<void> {
  await until(() => requests.length > 0);
  let [failed, quiet] = [0, 0];
  await until(() => {
    quiet = failed < requests.length ? 0 : quiet + 1;
    for (; failed < requests.length; failed++) requests[failed]!.fail();
    return quiet > 20;
  });
}

afterEach(async () => {
  for (const setup of document.querySelectorAll('gc-auth-setup')) setup.remove();
  history.replaceState(null, '', address);
  document.documentElement.removeAttribute('style');
  document.body.removeAttribute('style');
  if (emulatesMedia) await media();
});

describe('<gc-auth-setup>', () => {
  it('makes the tag of what is filled in, and keeps it in the address', async () => {
    const { fill, codes, find } = await placed();
    await fill('provider', 'keycloak');
    await fill('environment', 'prod-euw1');
    const policy = (): string => find<HTMLElement>('[aria-labelledby=policy-title]').textContent;
    expect(policy()).to.contain('The provider is not in it yet');
    await fill('keycloak-base', 'login.example.com');
    await fill('keycloak-realm', 'shop');
    expect(policy()).not.to.contain('not in it yet');
    await fill('client-id', 'a"b');
    expect(codes()[0])
      .to.contain('authority="https://login.example.com/realms/shop"')
      .and.contain('client-id="a&quot;b"');
    expect(location.hash).to.equal(
      '#provider=keycloak&environment=prod-euw1&keycloak-base=login.example.com&keycloak-realm=shop&client-id=a%22b',
    );
    find('[value="script"]').click();
    await fill('environment', 'prod-euc1');
    expect(codes()[0]).to.contain('data-environment="prod-euc1"');
    expect(location.hash).to.contain('form=script');
  });

  it('reads the address, also when it changes', async () => {
    const { setup, codes, find } = await placed(complete);
    expect(codes()[0]).to.contain('client-id="chat"');
    expect(find('#field-keycloak-realm').value).to.equal('shop');
    location.hash = complete.replace('shop', 'garden');
    await until(() => find('#field-keycloak-realm').value === 'garden');
    await setup.updateComplete;
    expect(codes()[0]).to.contain('/realms/garden"');
  });

  it('says what is wrong beside the field at once, and what is missing after the person has left it', async () => {
    const { fill, said, find } = await placed();
    expect(said('client-id')).to.equal('');
    await fill('deployment-id', '<b>12', false);
    expect(said('deployment-id')).to.equal(
      'Attribute deployment-id: found “<b>12”, wanted a UUID. Set deployment-id on <gc-auth-messenger> to a UUID.',
    );
    const field = find('#field-deployment-id');
    expect(field.getAttribute('aria-invalid')).to.equal('true');
    expect(field.getAttribute('aria-describedby')!.split(' ')).to.include('fault-deployment-id');
    await fill('client-id', '');
    expect(said('client-id')).to.equal('Attribute client-id: found nothing, wanted a value.');
    expect(find('[role=status]').textContent).to.match(/Still to fill in: .*Client ID.*To correct: Deployment ID\./s);
  });

  it('drops what the doctor says about what was filled in before', async () => {
    const { setup, fill, doctor, check } = await placed(complete);
    const network = openNetwork();
    check();
    await until(() => network.requests.length > 0);
    await fill('keycloak-realm', 'garden');
    await failAll(network);
    await until(() => doctor.querySelector('button')!.getAttribute('aria-disabled') === 'false');
    await setup.updateComplete;
    expect(doctor.querySelectorAll('li')).to.have.length(0);
    network.restore();
  });

  it('says where a page of another origin must be checked, and does not take its callback page for missing', async () => {
    const { root, doctor, check } = await placed(`${complete}&page=https%3A%2F%2Fshop.example`);
    expect(root.textContent.replace(/\s+/g, ' ')).to.contain('what every site sees of https://shop.example.');
    const network = openNetwork();
    check();
    await failAll(network);
    await until(() => doctor.querySelector('li') !== null);
    expect(network.requests.some(({ url }) => url.startsWith(location.origin))).to.equal(false);
    expect([...doctor.querySelectorAll('[data-tone=bad]:is([id^=callback-], [id^=csp-], [id^=page-])')]).to.eql([]);
    network.restore();
  });

  it('shows where the package describes a finding', async () => {
    const { doctor, check } = await placed(complete.replace('=chat', '=YOUR_CLIENT_ID'));
    const network = openNetwork();
    check();
    await failAll(network);
    await until(() => doctor.querySelector('li') !== null);
    expect(doctor.querySelector('#attribute-placeholder')!.textContent).to.match(
      /problem.*More: docs\/doctor\.md#attribute-placeholder in the package/s,
    );
    network.restore();
  });

  it('tells a doctor that could not be loaded from one that could not look', async () => {
    const broken = { href: location.href, parse: () => undefined };
    const missing = await askDoctor({}, broken, () => Promise.reject(new Error('404')));
    expect(missing).to.eql({ failure: 'Serve doctor.js beside setup.js. It could not be loaded: 404' });
    const failing = { diagnose: () => Promise.reject(new Error('too deep')) };
    expect(await askDoctor({}, broken, () => Promise.resolve(failing))).to.eql({
      failure: 'The check failed: too deep',
    });
    const looking = { diagnose: () => Promise.resolve({ ok: true, checks: [] }) };
    expect(await askDoctor({}, broken, () => Promise.resolve(looking))).to.eql({ checks: [] });
  });

  it('fits 320 pixels', async () => {
    document.body.style.width = '320px';
    const { setup, root } = await placed(complete);
    const right = setup.getBoundingClientRect().right;
    const wide = [...root.querySelectorAll('input, select, .card, gc-auth-setup-code')].filter(
      (one) => one.getBoundingClientRect().right > right + 0.5,
    );
    expect(wide.map(({ outerHTML }) => outerHTML)).to.eql([]);
    expect(setup.scrollWidth).to.be.at.most(setup.clientWidth);
  });

  it('is accessible in each scheme of colours, with faults and without', async () => {
    // As setup.html has them.
    document.documentElement.style.colorScheme = 'light dark';
    document.body.style.background = 'light-dark(#f6f8fa, #0d1115)';
    const schemes = [{}, { 'prefers-color-scheme': 'dark' }, { 'forced-colors': 'active' }] as const;
    for (const features of emulatesMedia ? schemes : [{}]) {
      if (emulatesMedia) await media(features);
      for (const fragment of [
        complete,
        '#provider=entra-id&entra-tenant=common&deployment-id=1&scripts=hash&hashes=x',
      ]) {
        const { setup } = await placed(fragment);
        expect(await violations(setup), JSON.stringify(features)).to.eql([]);
        setup.remove();
      }
    }
  });
});
