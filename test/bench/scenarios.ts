import type { RequestListener } from 'node:http';
import { openBenchPage } from './browser.js';
import { pairedRows, rowOf, type Row, type Scenario } from './results.js';
import { interleave } from './rounds.js';
import type { Certificate } from './site/certificate.js';
import { loginPageId, strangerId } from './site/provider.js';
import { openSite, type Neighbourhood } from './site/site.js';

export const peers = ['oidc-client-ts', 'oidc-client-ts tuned', 'auth0', 'msal', 'keycloak'];
/** The floor has a second turn, which tells what is noise. */
const everyone = ['floor', 'floor again', 'floor with oidc-client-ts', 'ours', ...peers];

/** How long a peer is given to find out that nothing will come. */
const patienceMs = 12_000;

/** Between opening a page and its first ask. */
const settlingMs = 1200;

export interface Parts {
  readonly app: RequestListener;
  readonly certificate: Certificate;
}

/** Everyone in turn in one browser: to the code, or to knowing that nobody is signed in. */
export async function everyoneInTurn(parts: Parts, roundTripMs: number, rounds: number, signedIn: boolean) {
  const { certificate } = parts;
  const site = await openSite({ ...parts, roundTripMs });
  const page = await openBenchPage(site, { certificate, signedIn });
  for (const name of everyone) await page.prepare(name);
  const samples = await interleave(everyone, rounds, signedIn ? 'code' : 'refused', (name) => page.ask(name));
  await page.close();
  site.close();
  const scenario: Scenario = {
    id: signedIn ? 'warm' : 'login-required',
    title: signedIn ? 'from asking to the code' : 'from asking to `login_required`',
    roundTripMs,
    rows: pairedRows(samples),
  };
  return { scenario, browser: page.version };
}

/** The answer in the query, with `No-Vary-Search` on the callback page, against the one in the fragment. */
export async function queryAnswers(parts: Parts, rounds: number): Promise<Scenario> {
  const roundTripMs = 40;
  const site = await openSite({ ...parts, roundTripMs });
  const page = await openBenchPage(site, { certificate: parts.certificate, signedIn: true });
  const names = ['ours', 'ours by query'];
  for (const name of names) await page.prepare(name);
  const { ms, failed } = await interleave(names, rounds, 'code', (name) => page.ask(name));
  await page.close();
  site.close();
  if (failed['ours by query']) throw new Error(failed['ours by query']);
  const rows = pairedRows({ ms: { floor: ms['ours']!, ours: ms['ours by query']! }, failed: {} });
  return {
    id: 'query',
    title: 'from asking to the code, answered in the query',
    roundTripMs,
    rows: rows.map((row) => (row.name === 'floor' ? { ...row, name: 'fragment' } : row)),
  };
}

/** The first ask of a new browser: prepared by `warm()` while the page was idle, or with everything still to do. */
export async function firstAsk(parts: Parts, neighbourhood: Neighbourhood, pairs: number): Promise<Scenario> {
  const { certificate } = parts;
  const site = await openSite({ ...parts, roundTripMs: 40, neighbourhood });
  const ms = { unprepared: [] as number[], prepared: [] as number[] };
  const arms = Object.keys(ms) as (keyof typeof ms)[];
  for (let pair = 0; pair < pairs; pair++) {
    for (const arm of pair % 2 === 0 ? arms : arms.toReversed()) {
      const page = await openBenchPage(site, { certificate, signedIn: true });
      if (arm === 'prepared') await page.prepare('ours');
      await page.wait(settlingMs);
      const asked = await page.ask('ours');
      if (asked.outcome !== 'code') throw new Error(`${arm}: ${asked.reason ?? asked.outcome}`);
      ms[arm].push(asked.ms);
      await page.close();
    }
  }
  site.close();
  const rows = pairedRows({ ms: { floor: ms.unprepared, prepared: ms.prepared }, failed: {} });
  return {
    id: `first-${neighbourhood}`,
    title: `first ask in a new browser, provider ${neighbourhood}`,
    roundTripMs: 40,
    rows: rows.map((row) => (row.name === 'floor' ? { ...row, name: 'unprepared' } : row)),
  };
}

/** The provider answers with a page of its own. What libraries do then is a constant, so once is enough for them. */
export async function pageOfTheProvider(parts: Parts, kind: 'error' | 'login', asks: number): Promise<Scenario> {
  const { certificate } = parts;
  const site = await openSite({ ...parts, roundTripMs: 40 });
  const page = await openBenchPage(site, { certificate, signedIn: true });
  const as = kind === 'error' ? strangerId : loginPageId;
  const ms: number[] = [];
  let gaveUp = false;
  // `warm()` is for a client that the provider knows, and the metadata are the same.
  for (let ask = 0; ask < asks && !gaveUp; ask++) {
    const asked = await page.ask('ours', as, patienceMs);
    ms.push(asked.ms);
    gaveUp = asked.outcome === 'unknown';
  }
  const ours: Row = { ...rowOf('ours', ms), ...(gaveUp && { gaveUpAfter: patienceMs }) };
  const others = await Promise.all(
    peers.map(async (name): Promise<Row> => {
      const asked = await page.ask(name, as, patienceMs);
      return { ...rowOf(name, [asked.ms]), ...(asked.outcome === 'unknown' && { gaveUpAfter: patienceMs }) };
    }),
  );
  await page.close();
  site.close();
  return {
    id: `${kind}-page`,
    title: `from asking to knowing that the provider shows its ${kind} page`,
    roundTripMs: 40,
    rows: [ours, ...others],
  };
}
