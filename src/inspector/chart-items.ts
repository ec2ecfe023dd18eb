import { duration, timeOfDay } from './format.js';
import type { History } from './history.js';
import { sourceTitle, toneOfEntry, toneOfState, verdict } from './texts.js';
import type { Tone } from './records.js';

/** Something on the time axis. */
export interface ChartItem {
  /** From the top: states, attempts, JWTs, events. */
  readonly lane: 0 | 1 | 2 | 3;
  readonly tone: Tone;
  readonly label: string;
  /** Epoch ms. */
  readonly from: number;
  /** Epoch ms; undefined for a moment without duration. */
  readonly to: number | undefined;
  /** Shown when a pointer rests on it. */
  readonly title: string;
}

/** In seconds. */
export const ranges = [60, 300, 900, 3600] as const;

/** More would be indistinguishable. */
const maxItems = 300;

/** The shortest range that shows everything; the longest one otherwise. @param ms since the first record */
export const fittingRange = (ms: number): number => ranges.find((seconds) => seconds * 1000 >= ms) ?? ranges[3];

/**
 * What the chart shows, oldest first in each lane.
 *
 * @param now epoch ms
 * @param past seconds
 * @param future seconds
 */
export function chartItems(history: History, now: number, past: number, future: number): ChartItem[] {
  // One second more: what is leaving.
  const [start, end] = [now - (past + 1) * 1000, now + (future + 2) * 1000];
  const items = [...states(history, now + 2000), ...attempts(history), ...tokens(history, end), ...events(history)];
  return items.filter(({ from, to }) => (to ?? from) >= start && from <= end).slice(-maxItems);
}

const states = ({ states }: History, end: number): ChartItem[] =>
  states.map(({ at, state, reason }, index) => ({
    lane: 0,
    tone: toneOfState(state),
    label: state,
    from: at,
    to: states[index + 1]?.at ?? end,
    title: `${timeOfDay(at)} ${state} (${reason})`,
  }));

const attempts = ({ attempts }: History): ChartItem[] =>
  attempts.map((attempt) => ({
    lane: 1,
    tone: verdict(attempt.verdict)[0],
    label: attempt.rung,
    from: attempt.at - (attempt.ms ?? 0),
    to: attempt.at,
    title: `${timeOfDay(attempt.at)} ${attempt.rung}: ${attempt.verdict}${attempt.ms === undefined ? '' : `, ${duration(attempt.ms)}`}`,
  }));

const tokens = ({ tokens }: History, end: number): ChartItem[] =>
  tokens.flatMap((token) => {
    const { issuedAt, expiresAt, endedAt, source } = token;
    if (issuedAt === undefined) return [];
    return [
      {
        lane: 2,
        tone: source === 'refresh' ? 'renew' : 'good',
        label: source,
        from: issuedAt,
        to: Math.max(issuedAt, Math.min(expiresAt ?? end, endedAt ?? end, end)),
        title: `${timeOfDay(issuedAt)} ${sourceTitle(token)}`,
      },
    ];
  });

/** States, attempts and JWTs have lanes of their own. */
const events = ({ entries }: History): ChartItem[] =>
  entries.flatMap((entry) => {
    const { at, kind, title } = entry;
    if (kind === 'state' || kind === 'attempt' || kind === 'token') return [];
    return [
      { lane: 3, tone: toneOfEntry(entry), label: title, from: at, to: undefined, title: `${timeOfDay(at)} ${title}` },
    ];
  });
