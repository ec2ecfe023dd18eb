import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { publish, table } from './readme.js';
import { compare } from './results.js';
import type { Compared } from './results.js';
import { assumptions } from './scenario.js';
import type { Start } from './scenario.js';

// Millions of errors, whose stacks nobody reads.
Error.stackTraceLimit = 0;

/** In a thread of its own: the two starts have nothing to do with each other. */
const inThread = (start: Start): Promise<Compared> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: start });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

if (isMainThread) {
  const [spread, together] = await Promise.all([inThread('spread'), inThread('together')]);
  const results = { assumptions, spread, together };
  console.log(table(results));
  await publish(results);
} else {
  parentPort?.postMessage(compare(workerData as Start));
}
