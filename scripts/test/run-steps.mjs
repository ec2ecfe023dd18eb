import { spawn } from 'node:child_process';

/**
 * Runs steps, each of which starts Node.js processes.
 *
 * @typedef {import('./summary.mjs').StepResult} StepResult
 * @typedef {(args: string[], env?: NodeJS.ProcessEnv) => Promise<boolean>} RunNode answers whether the process succeeded
 * @typedef {{title: string, run: (runNode: RunNode) => Promise<StepResult>}} Step
 * @typedef {StepResult & {seconds: number}} TimedResult
 */

/** @param {Step} step @returns {Promise<TimedResult>} */
async function runStep({ title, run }) {
  console.log(`\n── ${title}`);
  const start = performance.now();
  const result = await run((args, env = {}) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code === 0));
    });
  });
  return { ...result, seconds: Math.round((performance.now() - start) / 1000) };
}

/** Runs the steps one after the other. @param {Step[]} steps */
export async function runSteps(steps) {
  /** @type {TimedResult[]} */
  const results = [];
  for (const step of steps) results.push(await runStep(step));
  return results;
}
