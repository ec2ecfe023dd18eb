import type { Facts, Fetched } from '../facts.js';
import { isAnswer } from '../facts.js';
import { subject } from '../subject.js';
import type { Finding } from '../subject.js';

type Id = 'clock-device' | 'clock-provider';

/** `Date` has whole seconds, and answers take a while. Tokens are valid for minutes. */
const toleratedMs = 120_000;

/** How far each server is ahead of this device, in milliseconds. */
function clocksOf(facts: Facts): { readonly provider?: number; readonly others: readonly number[] } {
  const ahead = (fetched: Fetched | undefined): number | undefined =>
    isAnswer(fetched) ? fetched.clockAheadMs : undefined;
  const provider = ahead(facts.discovery) ?? ahead(facts.authorize);
  const others = [facts.page?.answer, facts.script, facts.deployment?.config]
    .map(ahead)
    .filter((one) => one !== undefined);
  return { ...(provider !== undefined && { provider }), others };
}

const inWords = (ms: number): string => `${Math.round(Math.abs(ms) / 60_000)} minutes ${ms > 0 ? 'behind' : 'ahead'}`;

function faultIn(facts: Facts): Finding<Id> | undefined {
  const { provider, others } = clocksOf(facts);
  const isOff = (ms: number): boolean => Math.abs(ms) > toleratedMs;
  const known = [...others, ...(provider === undefined ? [] : [provider])];
  // Servers that agree with each other and not with this device.
  if (known.every(isOff) && known.every((ms) => !isOff(ms - known[0]!)))
    return { id: 'clock-device', found: `The clock of this device is ${inWords(known[0]!)}.` };
  return provider !== undefined && isOff(provider) && others.some((ms) => isOff(ms - provider))
    ? { id: 'clock-provider', found: `The clock of the provider is ${inWords(-provider)}.` }
    : undefined;
}

export const clock = subject<Id>({
  id: 'clock',
  name: 'clocks',
  findings: {
    'clock-device': {
      why: 'The provider or the browser may refuse a token as too old, or as not valid yet. The element itself counts from when a token arrives.',
      hint: 'Set the clock of this device.',
    },
    'clock-provider': {
      why: 'Genesys refuses a token of the provider that is expired, or that is from the future.',
      hint: 'Set the clock of the provider, with NTP.',
    },
  },
  examine(facts) {
    const { provider, others } = clocksOf(facts);
    if (provider === undefined && others.length === 0) return { unknown: 'no server said its time' };
    const fault = faultIn(facts);
    return { seen: 'agree', findings: fault ? [fault] : [] };
  },
});
