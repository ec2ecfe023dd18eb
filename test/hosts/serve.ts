import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createAppServer } from '../../demo/server/app-server.js';
import { listen } from '../../demo/server/listen.js';
import type { Host } from '../../scripts/test/hosts.mjs';
import { environment } from './install.js';

export interface Served {
  stop(): Promise<void>;
}

/** Serves the installed and built example on this port. */
export async function serve({ serves }: Host, folder: string, port: number): Promise<Served> {
  if (serves === 'start') return npmStart(folder, port);
  const { handler } = createAppServer({ pagesDir: folder, distDir: folder, environment: () => ({}) });
  const { close } = await listen(handler, port);
  return { stop: close };
}

/** Waits until the page is served. */
async function npmStart(folder: string, port: number): Promise<Served> {
  // A group of its own: npm starts the server as another process.
  const child = spawn('npm', ['start'], { cwd: folder, env: environment(), detached: true });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      printed += String(text);
    });
  const ended = once(child, 'close');
  const kill = (): void => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', kill);
  const served: Served = {
    stop: async () => {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
  for (let left = 300; left > 0 && child.exitCode === null; left--) {
    const answered = await fetch(`http://localhost:${port}/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return served;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await served.stop();
  throw new Error(`npm start serves nothing at port ${port}:\n${printed}`);
}
