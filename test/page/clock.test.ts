import { expect } from '@open-wc/testing';
import { createClock } from '../../src/page/clock.js';

const hour = 3_600_000;

/** Two clocks that a test can run, set and put to sleep. */
function device() {
  let wall = 1_000_000_000_000;
  let monotonic = 5_000;
  const now = createClock({ wall: () => wall, monotonic: () => monotonic });
  const begin = now();
  return {
    run: (ms: number) => ((wall += ms), (monotonic += ms)),
    set: (ms: number) => (wall += ms),
    /** The monotonic clock stands still meanwhile. */
    sleep: (ms: number) => (wall += ms),
    passed: () => now() - begin,
    begin,
  };
}

describe('the clock of a page', () => {
  it('begins with the wall clock', () => expect(device().begin).to.equal(1_000_000_000_000));

  it('runs', () => {
    const { run, passed } = device();
    run(1234);
    expect(passed()).to.equal(1234);
  });

  it('does not go back when the device is set back, and goes on running', () => {
    const { run, set, passed } = device();
    run(1000);
    expect(passed()).to.equal(1000);
    set(-hour);
    expect(passed()).to.equal(1000);
    run(500);
    expect(passed()).to.equal(1500);
  });

  it('counts sleep, once', () => {
    const { run, sleep, passed } = device();
    run(1000);
    sleep(2 * hour);
    expect(passed()).to.equal(2 * hour + 1000);
    expect(passed()).to.equal(2 * hour + 1000);
    run(10);
    expect(passed()).to.equal(2 * hour + 1010);
  });

  it('counts sleep after the device was set back', () => {
    const { run, set, sleep, passed } = device();
    set(-hour);
    expect(passed()).to.equal(0);
    sleep(2 * hour);
    expect(passed()).to.equal(2 * hour);
    run(7);
    expect(passed()).to.equal(2 * hour + 7);
  });

  it('follows a device that is set ahead', () => {
    const { set, passed } = device();
    set(hour);
    expect(passed()).to.equal(hour);
  });

  it('stands above small differences of the two clocks', () => {
    const { run, set, passed } = device();
    set(900);
    expect(passed()).to.equal(0);
    set(-1_800);
    expect(passed()).to.equal(0);
    run(10);
    expect(passed()).to.equal(10);
  });

  it('never goes backwards, whatever is done to the device', () => {
    const { run, set, passed } = device();
    let last = 0;
    for (const change of [-hour, 2 * hour, -5, 3_000, -hour, -hour, 900, 1_100, -1_100, hour]) {
      set(change);
      const now = passed();
      expect(now).to.be.at.least(last);
      run(1);
      last = now;
    }
  });

  it('takes the clocks of the platform by itself', () => {
    const now = createClock();
    expect(now()).to.be.closeTo(Date.now(), 1_000);
  });
});
