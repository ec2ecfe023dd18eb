import { journeys } from './journeys.js';
import type { Journey } from './journeys.js';
import { patterns, PatternUser } from './pattern-user.js';
import type { Pattern } from './pattern-user.js';

export interface Row {
  id: string;
  title: string;
  /** What was observed, by pattern. */
  seen: Record<Pattern, string>;
}

async function runJourney(
  { id, title, options = {}, run, withoutChat, observe }: Journey,
  pattern: Pattern,
): Promise<string> {
  const user = await PatternUser.open(`baseline-${id}`, pattern, options);
  try {
    const steps = (await run(user)) ?? [];
    const result = withoutChat ? [] : await user.tryToChat();
    const observations = (await observe?.(user)) ?? [];
    const faults = withoutChat ? [] : await user.faults();
    const text = [...steps, ...result, ...observations, ...faults].join('; ');
    console.log(`${id} ${title}, ${pattern}: ${text}`);
    return text;
  } finally {
    await user.site.close();
  }
}

/** Runs every journey with every pattern; the patterns of one journey run concurrently. @param only IDs; `[]` for all */
export async function runBaselines(only: string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const journey of journeys.filter(({ id }) => only.length === 0 || only.includes(id))) {
    const seen = await Promise.all(
      patterns.map(async (pattern) => [pattern, await runJourney(journey, pattern)] as const),
    );
    rows.push({ id: journey.id, title: journey.title, seen: Object.fromEntries(seen) as Row['seen'] });
  }
  return rows;
}
