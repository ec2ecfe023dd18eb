import type { Load, Meter } from './load.js';
import { naiveFleet } from './naive.js';
import { ourFleet } from './ours.js';
import { assumptions } from './scenario.js';
import type { Start } from './scenario.js';

/** A fleet before the outage, in it, in the minute after it, and until the end. */
export interface Loads {
  readonly before: Load;
  readonly outage: Load;
  readonly firstMinute: Load;
  readonly after: Load;
}

export interface Compared {
  readonly naive: Loads;
  readonly ours: Loads & { readonly prompted: number; readonly signedIn: number };
}

export type FleetResults = { readonly assumptions: typeof assumptions } & Readonly<Record<Start, Compared>>;

function loads(meter: Meter): Loads {
  const [begins, ends, end] = [assumptions.outageBeginsMs, assumptions.outageEndsMs, assumptions.endsMs].map(
    (ms) => ms / 1000,
  ) as [number, number, number];
  return {
    before: meter.between(assumptions.jwtLifeMs / 1000 - 180, begins),
    outage: meter.between(begins, ends),
    firstMinute: meter.between(ends, ends + 60),
    after: meter.between(ends, end),
  };
}

export function compare(start: Start): Compared {
  const { meter, prompted, signedIn } = ourFleet(start);
  return { naive: loads(naiveFleet(start)), ours: { ...loads(meter), prompted, signedIn } };
}
