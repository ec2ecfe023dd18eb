import { expect } from '@open-wc/testing';
import { createClock } from '../../src/page/clock.js';

const hour = 3_600_000;

/** A device whose clocks a test can advance, set, and stop as sleep does. */
function device() {
  let wall = 1_000_000_000_000;
  let monotonic = 5_000;
  const now = createClock({ wall: () => wall, monotonic: () => monotonic });
  const begin = now();
  return {
    advance: (ms: number) => ((wall += ms), (monotonic += ms)),
    set: (ms: number) => (wall += ms),
    /** The monotonic clock stops meanwhile. */
    sleep: (ms: number) => (wall += ms),
    passed: () => now() - begin,
    begin,
  };
}

describe('the clock of a page', () => {
  it('starts at the wall clock', () => expect(device().begin).to.equal(1_000_000_000_000));

  it('advances', () => {
    const { advance, passed } = device();
    advance(1234);
    expect(passed()).to.equal(1234);
  });

  it('does not go back when the wall clock is set back, and continues to advance', () => {
    const { advance, set, passed } = device();
    advance(1000);
    expect(passed()).to.equal(1000);
    set(-hour);
    expect(passed()).to.equal(1000);
    advance(500);
    expect(passed()).to.equal(1500);
  });

  it('counts sleep, once', () => {
    const { advance, sleep, passed } = device();
    advance(1000);
    sleep(2 * hour);
    expect(passed()).to.equal(2 * hour + 1000);
    expect(passed()).to.equal(2 * hour + 1000);
    advance(10);
    expect(passed()).to.equal(2 * hour + 1010);
  });

  it('counts sleep after the wall clock was set back', () => {
    const { advance, set, sleep, passed } = device();
    set(-hour);
    expect(passed()).to.equal(0);
    sleep(2 * hour);
    expect(passed()).to.equal(2 * hour);
    advance(7);
    expect(passed()).to.equal(2 * hour + 7);
  });

  it('jumps ahead when the wall clock is set ahead', () => {
    const { set, passed } = device();
    set(hour);
    expect(passed()).to.equal(hour);
  });

  it('ignores small differences of the two clocks', () => {
    const { advance, set, passed } = device();
    set(900);
    expect(passed()).to.equal(0);
    set(-1_800);
    expect(passed()).to.equal(0);
    advance(10);
    expect(passed()).to.equal(10);
  });

  it('never goes backwards, however the wall clock is set', () => {
    const { advance, set, passed } = device();
    let last = 0;
    for (const change of [-hour, 2 * hour, -5, 3_000, -hour, -hour, 900, 1_100, -1_100, hour]) {
      set(change);
      const now = passed();
      expect(now).to.be.at.least(last);
      advance(1);
      last = now;
    }
  });

  it('uses the clocks of the platform by default', () => {
    const now = createClock();
    expect(now()).to.be.closeTo(Date.now(), 1_000);
  });
});
