import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform } from 'node:os';
import type { Environment, Results } from './results.js';

/** Versions of installed packages, by name without scope. */
export const versionsOf = (packages: readonly string[]): Results['versions'] =>
  Object.fromEntries(
    packages.map((name) => {
      const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
      return [name.replace(/^@.*\//, ''), version];
    }),
  );

/** One-minute load average. */
export const loadNow = (): number => Number(loadavg()[0]!.toFixed(1));

/** @param before load average before the run */
export const environmentOf = (browser: string, before: number): Environment => ({
  date: new Date().toISOString().slice(0, 10),
  browser,
  node: process.versions.node,
  platform: `${platform()} ${arch()}`,
  processors: cpus().length,
  load: [before, loadNow()],
});
