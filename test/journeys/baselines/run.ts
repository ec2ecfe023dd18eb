import { journeys } from './journeys.js';
import type { Journey } from './journeys.js';
import { patterns, Visitor } from './visitor.js';
import type { Pattern } from './visitor.js';

export interface Row {
  id: string;
  title: string;
  /** What was observed, by pattern. */
  seen: Record<Pattern, string>;
}

async function live({ id, title, options = {}, live, over, look }: Journey, pattern: Pattern): Promise<string> {
  const visitor = await Visitor.arrive(`baseline-${id}`, pattern, options);
  try {
    const own = (await live(visitor)) ?? [];
    const end = over ? [] : await visitor.settle();
    const words = [...own, ...end, ...((await look?.(visitor)) ?? []), ...(over ? [] : await visitor.faults())];
    console.log(`${id} ${title}, ${pattern}: ${words.join('; ')}`);
    return words.join('; ');
  } finally {
    await visitor.stage.close();
  }
}

/** Every journey with every pattern; the patterns of one journey at the same time. @param only ids, or none for all */
export async function runBaselines(only: string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const journey of journeys.filter(({ id }) => only.length === 0 || only.includes(id))) {
    const seen = await Promise.all(patterns.map(async (pattern) => [pattern, await live(journey, pattern)] as const));
    rows.push({ id: journey.id, title: journey.title, seen: Object.fromEntries(seen) as Row['seen'] });
  }
  return rows;
}
