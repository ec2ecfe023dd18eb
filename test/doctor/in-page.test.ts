import { expect } from '@open-wc/testing';
import { findingIds } from '../../src/doctor/doctor.js';
import { diagnose } from '../../src/doctor/in-page.js';
import { rawOf } from '../../src/doctor/read-tag.js';
import { pageAddress } from '../../src/page/address.js';
import { documentWith, windowWith } from '../support/window-with.js';
import { faults, harmless } from './faults.js';
import { answerTo, healthySite } from './site.js';
import type { Site } from './site.js';

const origins = {
  page: 'http://localhost:8080',
  provider: 'http://localhost:8081',
  genesys: 'http://localhost:8082',
};

/** `fetch()` as the page of a site has it: with CORS, and without the headers that browsers hide. */
const fetchOn =
  (site: Site) =>
  async (address: string, { mode }: RequestInit = {}): Promise<Response> => {
    const answer = answerTo(site, address);
    const own = new URL(address).origin === site.origins.page;
    const allowed = answer?.headers['access-control-allow-origin'];
    const location = answer?.headers['location'];
    if (!answer || (location?.startsWith(site.origins.page) === false && mode !== 'no-cors'))
      throw new TypeError('Failed to fetch');
    if (location) return new Response(null);
    if (!own && mode !== 'no-cors' && allowed !== '*' && allowed !== site.origins.page)
      throw new TypeError('Failed to fetch');
    const shown = own ? answer.headers : { 'content-type': answer.headers['content-type'] ?? '' };
    return new Response(answer.body, { status: answer.status, headers: shown });
  };

/** The browser of a site. Its document is what the page's server sends. */
function windowOf(site: Site): Window {
  const parsed = new DOMParser().parseFromString(answerTo(site, `${origins.page}/`)?.body ?? '', 'text/html');
  const { isSecureContext, onLine, storage, framed } = site.browser;
  const snippet = /deploymentId: '([^']+)'/.exec(site.tail)?.[1] ?? site.attributes['deployment-id'];
  const localStorage = {
    removeItem: () => undefined,
    setItem: () => {
      if (!storage) throw new DOMException('no', 'SecurityError');
    },
  };
  return windowWith({
    ...({ Genesys: { c: { deploymentId: snippet } } } as object),
    location: { href: `${origins.page}/?code=secret`, origin: origins.page },
    origin: origins.page,
    isSecureContext,
    localStorage,
    navigator: { onLine },
    document: documentWith({ querySelectorAll: parsed.querySelectorAll.bind(parsed) }),
    fetch: fetchOn(site),
    top: framed ? {} : { location: { origin: origins.page } },
  });
}

const diagnosed = (site: Site) => {
  const win = windowOf(site);
  return diagnose({ raw: rawOf(site.attributes), attributes: site.attributes, address: pageAddress(win) }, win);
};

const findings = async (site: Site) => (await diagnosed(site)).checks.filter(({ why }) => why !== undefined);

/** What a set-up page of the same origin says of that page. */
async function findingsFromOutside(site: Site) {
  const win = windowOf(site);
  const { parse } = pageAddress(win);
  const address = { href: `${origins.page}/`, parse };
  const { checks } = await diagnose({ raw: rawOf(site.attributes), attributes: site.attributes, address }, win);
  return checks.filter(({ why }) => why !== undefined).map(({ id }) => id);
}

/** Only the page itself knows what its scripts did, and where it is shown. */
const seenInPageOnly = ['snippet-conflict', 'page-framed'];

/** It ends with a full stop, or with what is to be copied. */
const sentence = /^\S.*[^.\s]\.$|^Add to [\w-]+: \S.*\S$/;

describe('the doctor in the page', () => {
  it('finds nothing in a set-up where everything is right', async () => {
    const { ok, checks } = await diagnosed(healthySite(origins));
    expect(checks.filter(({ hint, why, ok }) => hint ?? why ?? ok === false)).to.eql([]);
    expect(ok).to.equal(true);
    expect(checks.filter((check) => check.ok === true).map(({ name }) => name)).to.include.members([
      'configuration',
      'secure context',
      'storage',
      'network',
      'scope',
      'discovery document',
      'callback page',
      'Messenger deployment',
    ]);
  });

  it('says of what it cannot see that it cannot be known', async () => {
    const { checks } = await diagnosed(healthySite(origins));
    const unknown = checks.filter((check) => check.ok === undefined).map(({ id }) => id);
    expect(unknown).to.include.members(['authorize', 'site', 'script']);
  });

  for (const { id, title, plant, doors } of faults) {
    it(`${title}: ${doors === 'node' ? 'no false alarm' : id}`, async () => {
      const site = healthySite(origins);
      plant(site);
      const found = await findings(site);
      expect(found.map((finding) => finding.id)).to.eql(doors === 'node' ? [] : [id]);
      for (const finding of found) {
        for (const text of [finding.found, finding.why, finding.hint]) expect(text).to.match(sentence);
        expect(finding.link).to.equal(`docs/doctor.md#${id}`);
        expect(JSON.stringify(finding)).not.to.contain('secret');
      }
    });
  }

  for (const { title, plant } of harmless) {
    it(`is content with ${title}`, async () => {
      const site = healthySite(origins);
      plant(site);
      expect(await findings(site)).to.eql([]);
      expect(await findingsFromOutside(site)).to.eql([]);
    });
  }

  it('finds the same on the set-up page, which asks for the page', async () => {
    expect(await findingsFromOutside(healthySite(origins))).to.eql([]);
    for (const { id, title, plant, doors } of faults) {
      const site = healthySite(origins);
      plant(site);
      const expected = doors === 'node' || seenInPageOnly.includes(id) ? [] : [id];
      expect(await findingsFromOutside(site), title).to.eql(expected);
    }
  });

  it('has a fault in this table for every finding', () => {
    const planted = faults.map(({ id }) => id);
    expect(findingIds.filter((id) => !planted.includes(id))).to.eql(['deployment-region', 'script-region']);
  });
});
