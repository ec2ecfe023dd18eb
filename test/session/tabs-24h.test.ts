import { expect } from '@open-wc/testing';
import type { Tab } from '../support/world/tab.js';
import { World } from '../support/world/world.js';

const minute = 60_000;
const life = 15 * minute;
const day = 24 * 60 * minute;
const lead = 2 * minute;

/** Time between two samples, ms. */
const sampleMs = 5_000;

/** Repeatable pseudo-random numbers 0…1 (the generator of Numerical Recipes). */
function numbers(seed: number): () => number {
  let last = seed;
  return () => (last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** A day of five tabs that signed in with one code. */
class Day {
  readonly world: World;
  readonly random: () => number;
  /** Longest time without a valid JWT while a tab was visible, ms. */
  expiredMs = 0;
  readonly #wrongStates: string[] = [];

  constructor(seed: number, sameWhileValid: boolean) {
    this.random = numbers(seed);
    this.world = new World({}, this.random, life);
    this.world.genesys.sameWhileValid = sameWhileValid;
    this.world.openTab();
    this.world.advance(5_000);
    while (this.world.tabs.length < 5) this.world.openTab();
    this.world.advance(5_000);
  }

  /** Runs for a day; `meanwhile` is called before each sample. */
  pass(meanwhile: (day: Day) => void = () => undefined): this {
    const { world } = this;
    const start = world.time.now();
    let expired = 0;
    while (world.time.now() < start + day) {
      meanwhile(this);
      world.advance(sampleMs);
      const seen = world.running.filter(({ page, port }) => page.visible && !port.frozen);
      expired = seen.length && !world.genesys.live ? expired + sampleMs : 0;
      this.expiredMs = Math.max(this.expiredMs, expired);
      for (const { session } of world.running)
        if (!['signed-in', 'renewing', 'loading'].includes(session.snapshot.state))
          this.#wrongStates.push(session.snapshot.state);
    }
    return this;
  }

  /** Shortest time between two new JWTs, ms. */
  get shortest(): number {
    const { renewedAt } = this.world.genesys;
    return Math.min(...renewedAt.slice(1).map((at, index) => at - renewedAt[index]!));
  }

  get counts(): Record<string, unknown> {
    const { genesys, provider, prompts, wrongs } = this.world;
    return { codes: provider.issued, exchanges: genesys.exchanges, prompts, wrongs, states: this.#wrongStates };
  }
}

const expectedCounts = { codes: 1, exchanges: 1, prompts: 0, wrongs: [], states: [] };

describe('J22: five tabs, 24 hours', () => {
  for (const sameWhileValid of [false, true]) {
    const kind = sameWhileValid ? 'Genesys repeats a JWT that is valid' : 'each refresh brings a new JWT';

    it(`refresh once per lifetime in total (${kind})`, () => {
      const ran = new Day(1, sameWhileValid).pass();
      const { world, expiredMs, shortest } = ran;
      const { refreshes, renewedAt } = world.genesys;
      expect(ran.counts).to.eql(expectedCounts);
      // One more call at the beginning finds out that an early refresh brings the same JWT.
      expect(refreshes - renewedAt.length).to.equal(sameWhileValid ? 1 : 0);
      expect(renewedAt.length).to.be.within(Math.floor(day / (life + 2_000)), Math.ceil(day / (life - lead)));
      expect(shortest).to.be.at.least(sameWhileValid ? life : life - lead);
      // If Genesys repeats a valid JWT, a new one exists only after expiry: at most one sample finds none.
      expect(expiredMs).to.be.at.most(sameWhileValid ? sampleMs : 0);
    });

    for (const seed of [1, 2, 3, 4, 5]) {
      it(`refresh once per lifetime while tabs are closed, opened, hidden, reloaded or frozen (${kind}, seed ${seed})`, () => {
        const ran = new Day(seed, sameWhileValid).pass(disturb);
        const { refreshes, renewedAt } = ran.world.genesys;
        expect(ran.counts).to.eql(expectedCounts);
        expect(refreshes - renewedAt.length).to.be.at.most(sameWhileValid ? 1 : 0);
        expect(ran.shortest).to.be.at.least(life - lead);
        // A frozen tab may hold the lock up to its limit.
        expect(ran.expiredMs).to.be.at.most(sameWhileValid ? 2 * sampleMs : 0);
      });
    }
  }

  it('wait at most for the limit of the lock when a tab is frozen during its refresh', () => {
    const { world } = new Day(7, false);
    world.advance(life - lead - 31_000);
    while (world.genesys.refreshes === 0 && !world.running.some(renewing)) world.advance(50);
    const [busy] = world.running.filter(renewing);
    world.browser.freeze(busy!.port);
    world.advance(lead);
    expect(world.genesys.live).to.equal(true);
    expect(world.genesys.renewedAt).to.have.lengthOf(1);
    world.browser.thaw(busy!.port);
    world.advance(minute);
    expect(world.unsettled).to.eql([]);
    // The refresh that the frozen tab had started cannot be cancelled.
    expect(world.genesys.renewedAt).to.have.lengthOf(2);
  });

  it('refresh once when all become visible after hours in the background', () => {
    const { world } = new Day(8, false);
    for (const tab of world.running) tab.see(false);
    world.advance(3 * 60 * minute);
    expect(world.genesys.refreshes).to.equal(0);
    for (const tab of world.running) tab.see(true);
    world.advance(minute);
    expect(world.genesys.refreshes).to.equal(1);
    expect(world.running.map(({ session }) => session.snapshot.state)).to.eql(Array(5).fill('signed-in'));
  });
});

const renewing = ({ session }: Tab): boolean => session.snapshot.state === 'renewing';

/** What a person and a browser do with tabs; one is visible at a time. */
function disturb({ world, random }: Day): void {
  if (random() > 0.05) return;
  const { running, browser } = world;
  const tab = running[Math.floor(random() * running.length)]!;
  const actions = ['show', 'show', 'freeze', 'thaw', 'reload', 'close', 'open'];
  const action = actions[Math.floor(random() * actions.length)];
  if (action === 'show') {
    for (const other of running) if (other !== tab) other.see(false);
    if (tab.port.frozen) browser.thaw(tab.port);
    tab.see(true);
  } else if (action === 'freeze' && !tab.page.visible) browser.freeze(tab.port);
  else if (action === 'thaw') browser.thaw(tab.port);
  else if (action === 'reload' && !tab.port.frozen) tab.reload();
  else if (action === 'close' && running.length > 2) world.closeTab(tab);
  else if (action === 'open' && running.length < 5) {
    for (const other of running) other.see(false);
    world.openTab();
  }
}
