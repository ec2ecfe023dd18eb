import { Meter } from './load.js';
import { DueQueue } from './queue.js';
import { assumptions, isOut, numbers, starts } from './scenario.js';
import type { Start } from './scenario.js';

const { browsers, endsMs, genesysMs, jwtLifeMs, naiveLeadMs, naiveRetryMs } = assumptions;

/** A fleet of timers as they are written by hand. */
export function naiveFleet(start: Start): Meter {
  const random = numbers(20_261_122);
  const meter = new Meter(endsMs / 1000);
  const queue = new DueQueue<undefined>();
  for (let number = 0; number < browsers; number++)
    queue.add(random() * starts[start] + jwtLifeMs - naiveLeadMs, undefined);
  for (let next = queue.take(); next && next[0] < endsMs; next = queue.take()) {
    const [at] = next;
    meter.count(at);
    const again = isOut(at) ? naiveRetryMs : jwtLifeMs - naiveLeadMs;
    queue.add(at + genesysMs + again, undefined);
  }
  return meter;
}
