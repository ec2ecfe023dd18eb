import { expect } from '@open-wc/testing';
import type { SimulatedTab } from '../support/simulation/simulated-tab.js';
import { Simulation } from '../support/simulation/simulation.js';

const minute = 60_000;
const life = 15 * minute;
const day = 24 * 60 * minute;
const lead = 2 * minute;

/** Between two looks at the tabs, ms. */
const everyMs = 5_000;

/** Numbers 0…1 that are the same for the same seed (Numerical Recipes' generator). */
function numbers(seed: number): () => number {
  let last = seed;
  return () => (last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** Five tabs, signed in by one code, and what they count in a day. */
class Day {
  readonly world: Simulation;
  readonly random: () => number;
  /** Longest that a JWT was dead while a tab could be seen, ms. */
  deadMs = 0;
  readonly #wrongStates: string[] = [];

  constructor(seed: number, sameWhileValid: boolean) {
    this.random = numbers(seed);
    this.world = new Simulation({}, this.random, life);
    this.world.genesys.sameWhileValid = sameWhileValid;
    this.world.openTab();
    this.world.advance(5_000);
    while (this.world.tabs.length < 5) this.world.openTab();
    this.world.advance(5_000);
  }

  /** Runs until the day is over; `meanwhile` is called between two looks. */
  pass(meanwhile: (day: Day) => void = () => undefined): this {
    const { world } = this;
    const start = world.time.now();
    let dead = 0;
    while (world.time.now() < start + day) {
      meanwhile(this);
      world.advance(everyMs);
      const seen = world.openTabs.filter(({ page, port }) => page.visible && !port.frozen);
      dead = seen.length && !world.genesys.hasValidJwt ? dead + everyMs : 0;
      this.deadMs = Math.max(this.deadMs, dead);
      for (const { session } of world.openTabs)
        if (!['signed-in', 'renewing', 'loading'].includes(session.snapshot.state))
          this.#wrongStates.push(session.snapshot.state);
    }
    return this;
  }

  /** Shortest time between two JWTs, ms. */
  get shortest(): number {
    const { renewedAt } = this.world.genesys;
    return Math.min(...renewedAt.slice(1).map((at, index) => at - renewedAt[index]!));
  }

  get counts(): Record<string, unknown> {
    const { genesys, provider, prompts, violations } = this.world;
    return { codes: provider.issued, exchanges: genesys.exchanges, prompts, violations, states: this.#wrongStates };
  }
}

const calm = { codes: 1, exchanges: 1, prompts: 0, violations: [], states: [] };

describe('J22: five tabs, 24 hours', () => {
  for (const sameWhileValid of [false, true]) {
    const kind = sameWhileValid ? 'Genesys repeats a JWT that is valid' : 'each refresh brings a new JWT';

    it(`make one refresh per lifetime in all (${kind})`, () => {
      const ran = new Day(1, sameWhileValid).pass();
      const { world, deadMs, shortest } = ran;
      const { refreshes, renewedAt } = world.genesys;
      expect(ran.counts).to.eql(calm);
      // One call more at the very first, which teaches that refreshing early is of no use.
      expect(refreshes - renewedAt.length).to.equal(sameWhileValid ? 1 : 0);
      expect(renewedAt.length).to.be.within(Math.floor(day / (life + 2_000)), Math.ceil(day / (life - lead)));
      expect(shortest).to.be.at.least(sameWhileValid ? life : life - lead);
      // Where a valid JWT is repeated, another can be had only after its end: seen in one look at most.
      expect(deadMs).to.be.at.most(sameWhileValid ? everyMs : 0);
    });

    for (const seed of [1, 2, 3, 4, 5]) {
      it(`whichever is closed, opened, hidden, reloaded or frozen (${kind}, seed ${seed})`, () => {
        const ran = new Day(seed, sameWhileValid).pass(stir);
        const { refreshes, renewedAt } = ran.world.genesys;
        expect(ran.counts).to.eql(calm);
        expect(refreshes - renewedAt.length).to.be.at.most(sameWhileValid ? 1 : 0);
        expect(ran.shortest).to.be.at.least(life - lead);
        // A frozen tab may hold the turn for as long as a turn lasts.
        expect(ran.deadMs).to.be.at.most(sameWhileValid ? 2 * everyMs : 0);
      });
    }
  }

  it('one tab that is frozen in the middle of its refresh delays the others by its turn at most', () => {
    const { world } = new Day(7, false);
    world.advance(life - lead - 31_000);
    while (world.genesys.refreshes === 0 && !world.openTabs.some(renewing)) world.advance(50);
    const [busy] = world.openTabs.filter(renewing);
    world.browser.freeze(busy!.port);
    world.advance(lead);
    expect(world.genesys.hasValidJwt).to.equal(true);
    expect(world.genesys.renewedAt).to.have.lengthOf(1);
    world.browser.thaw(busy!.port);
    world.advance(minute);
    expect(world.unsettled).to.eql([]);
    // What the frozen tab had begun cannot be taken back.
    expect(world.genesys.renewedAt).to.have.lengthOf(2);
  });

  it('nobody looks for hours, then all tabs are seen at once: one refresh', () => {
    const { world } = new Day(8, false);
    for (const tab of world.openTabs) tab.setVisible(false);
    world.advance(3 * 60 * minute);
    expect(world.genesys.refreshes).to.equal(0);
    for (const tab of world.openTabs) tab.setVisible(true);
    world.advance(minute);
    expect(world.genesys.refreshes).to.equal(1);
    expect(world.openTabs.map(({ session }) => session.snapshot.state)).to.eql(Array(5).fill('signed-in'));
  });
});

const renewing = ({ session }: SimulatedTab): boolean => session.snapshot.state === 'renewing';

/** What a person and a browser do with tabs; one is seen at a time. */
function stir({ world, random }: Day): void {
  if (random() > 0.05) return;
  const { openTabs, browser } = world;
  const tab = openTabs[Math.floor(random() * openTabs.length)]!;
  const doings = ['show', 'show', 'freeze', 'thaw', 'reload', 'close', 'open'];
  const what = doings[Math.floor(random() * doings.length)];
  if (what === 'show') {
    for (const other of openTabs) if (other !== tab) other.setVisible(false);
    if (tab.port.frozen) browser.thaw(tab.port);
    tab.setVisible(true);
  } else if (what === 'freeze' && !tab.page.visible) browser.freeze(tab.port);
  else if (what === 'thaw') browser.thaw(tab.port);
  else if (what === 'reload' && !tab.port.frozen) tab.reload();
  else if (what === 'close' && openTabs.length > 2) world.closeTab(tab);
  else if (what === 'open' && openTabs.length < 5) {
    for (const other of openTabs) other.setVisible(false);
    world.openTab();
  }
}
