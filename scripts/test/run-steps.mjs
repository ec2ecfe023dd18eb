import { spawn } from 'node:child_process';

/**
 * Runs steps, each of which starts Node.js processes.
 *
 * @typedef {import('./summary.mjs').StepResult} StepResult
 * @typedef {(args: string[], env?: NodeJS.ProcessEnv) => Promise<boolean>} RunNode answers whether the process succeeded
 * @typedef {{title: string, run: (runNode: RunNode) => Promise<StepResult>}} Step
 * @typedef {StepResult & {seconds: number}} TimedResult
 */

/** @param {Step} step @param {boolean} live print output at once, not when the step has ended @returns {Promise<TimedResult>} */
async function runStep({ title, run }, live) {
  /** @type {Buffer[]} */
  const output = [];
  console.log(live ? `\n── ${title}` : `── ${title}: started`);
  const start = performance.now();
  const result = await run((args, env = {}) => {
    const child = spawn(process.execPath, args, {
      stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code === 0));
    });
  });
  if (!live) process.stdout.write(`\n── ${title}\n${String(Buffer.concat(output))}\n`);
  return { ...result, seconds: Math.round((performance.now() - start) / 1000) };
}

/**
 * Runs the steps of a sequence one after the other, and all sequences at the same time.
 *
 * @param {Step[][]} sequences
 */
export async function runSteps(sequences) {
  const nonEmpty = sequences.filter((steps) => steps.length > 0);
  const results = await Promise.all(
    nonEmpty.map(async (steps) => {
      /** @type {TimedResult[]} */
      const done = [];
      for (const step of steps) done.push(await runStep(step, nonEmpty.length === 1));
      return done;
    }),
  );
  return results.flat();
}
