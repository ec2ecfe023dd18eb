import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../shared/free-port.mjs';
import { findWebKit, howToInstall } from './webkit.mjs';

/** @import { ChildProcess } from 'node:child_process' */

const startTimeoutMs = 15_000;

/** @param {ChildProcess} child */
async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await exited;
  clearTimeout(timer);
}

/** Starts an X server without a screen, which chooses the number of its display. @param {string} program */
async function startDisplay(program) {
  const child = spawn(program, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const displayNumber = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
  const [number] = await Promise.race([
    once(displayNumber, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('Xvfb ended at once.'))),
  ]);
  return { child, display: `:${String(number).trim()}` };
}

/** @param {string} origin @param {ChildProcess} child */
async function waitUntilReady(origin, child) {
  for (const end = Date.now() + startTimeoutMs; Date.now() < end; await delay(100)) {
    if (child.exitCode !== null) break;
    const status = await fetch(`${origin}/status`).catch(() => undefined);
    if (status?.ok) return;
  }
  throw new Error('WebKitWebDriver does not answer.');
}

/** Starts an X server and WebKitWebDriver. Both end when `close` is called, or with this process. */
export async function startWebKitDriver() {
  const programs = findWebKit();
  if (!programs) throw new Error(howToInstall);
  /** @type {ChildProcess[]} */
  const children = [];
  const killAll = () => children.forEach((child) => child.kill('SIGKILL'));
  process.once('exit', killAll);
  const close = async () => {
    for (const child of children.splice(0).reverse()) await stop(child);
    process.off('exit', killAll);
  };
  try {
    const { child, display } = await startDisplay(programs.display);
    children.push(child);
    const port = await freePort();
    const env = { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11' };
    const driver = spawn(programs.driver, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env });
    children.push(driver);
    const origin = `http://127.0.0.1:${port}`;
    await waitUntilReady(origin, driver);
    return { origin, miniBrowser: programs.miniBrowser, close };
  } catch (error) {
    await close();
    throw error;
  }
}
