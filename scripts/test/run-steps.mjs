import { spawn } from 'node:child_process';

/**
 * Steps of a run, in lanes: those of one lane after each other, lanes at the same time.
 *
 * @typedef {import('./summary.mjs').Outcome} Outcome
 * @typedef {(args: string[], env?: NodeJS.ProcessEnv) => Promise<boolean>} Node runs node, and answers whether it succeeded
 * @typedef {{title: string, run: (node: Node) => Promise<Outcome>}} Step
 * @typedef {Outcome & {seconds: number}} Timed
 */

/** @param {Step} step @param {boolean} alone what it prints is seen at once @returns {Promise<Timed>} */
async function runStep({ title, run }, alone) {
  /** @type {Buffer[]} */
  const printed = [];
  console.log(alone ? `\n── ${title}` : `── ${title}: started`);
  const begin = performance.now();
  const result = await run((args, env = {}) => {
    const child = spawn(process.execPath, args, {
      stdio: alone ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code === 0));
    });
  });
  if (!alone) process.stdout.write(`\n── ${title}\n${String(Buffer.concat(printed))}\n`);
  return { ...result, seconds: Math.round((performance.now() - begin) / 1000) };
}

/** @param {Step[][]} lanes */
export async function runLanes(lanes) {
  const busy = lanes.filter((lane) => lane.length > 0);
  const timed = await Promise.all(
    busy.map(async (lane) => {
      /** @type {Timed[]} */
      const done = [];
      for (const step of lane) done.push(await runStep(step, busy.length === 1));
      return done;
    }),
  );
  return timed.flat();
}
