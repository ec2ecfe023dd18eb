import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Host } from '../../scripts/test/hosts.mjs';

const run = promisify(execFile);

/** One per checkout, outside of it: a host must not find the packages of this repository. */
const cache = join(
  process.env['HOSTS_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'gc-auth-messenger'),
  `hosts-${hashOf(resolve()).slice(0, 8)}`,
);

/** Where the examples say that the package is. */
const tarball = join(cache, 'gc-auth-messenger-0.1.0.tgz');

/** Ports as the examples have them, which are those of `npm start`. */
export interface Ports {
  readonly page: number;
  readonly provider: number;
  readonly genesys: number;
}

export const writtenPorts: Ports = { page: 5173, provider: 8081, genesys: 8083 };

/** Packs what `npm run build` wrote. */
export async function pack(): Promise<void> {
  await mkdir(cache, { recursive: true });
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', cache]);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  if (join(cache, filename) !== tarball) throw new Error(`Packed as ${filename}: change the version in examples.`);
}

/**
 * Copies an example, installs its packages and builds it. Packages of an earlier run are kept, except this one.
 *
 * @returns the folder of the copy
 */
export async function install({ name, serves }: Host, ports: Ports): Promise<string> {
  const folder = await newFolder(name);
  await copyExample(name, folder, ports);
  const manifest = `examples/${name}/package.json`;
  if (existsSync(manifest)) await installPackages(folder, await readFile(manifest, 'utf8'));
  if (serves === 'start') await npm(folder, 'run', 'build');
  // As examples/README.md says.
  if (serves === 'files') await run('tar', ['-xzf', tarball, '--strip-components=2', 'package/dist'], { cwd: folder });
  return folder;
}

/** A folder that has nothing but the packages of an earlier run. */
export async function newFolder(name: string): Promise<string> {
  const folder = join(cache, 'examples', name);
  await mkdir(folder, { recursive: true });
  const old = (await readdir(folder)).filter((file) => file !== 'node_modules');
  await Promise.all(old.map((file) => rm(join(folder, file), { recursive: true })));
  return folder;
}

/** Leaves out what somebody built there. */
async function copyExample(name: string, folder: string, ports: Ports): Promise<void> {
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', `examples/${name}`]);
  for (const file of stdout.split('\n').filter((line) => line !== '' && existsSync(line))) {
    const copy = join(cache, file);
    await cp(file, copy);
    await writeFile(copy, withPorts(await readFile(file, 'utf8'), ports));
  }
}

const withPorts = (text: string, ports: Ports): string =>
  text
    .replaceAll(String(writtenPorts.page), String(ports.page))
    .replaceAll(String(writtenPorts.provider), String(ports.provider))
    .replaceAll(String(writtenPorts.genesys), String(ports.genesys));

/** The usual waits add up to minutes where there is no network. */
const retries = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/** `npm install` takes minutes for some hosts, so it runs for changed dependencies only. @param manifest package.json */
export async function installPackages(folder: string, manifest: string): Promise<void> {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) await writeFile(file, manifest);
  const ours = await readFile('package.json', 'utf8');
  const { dependencies } = JSON.parse(ours) as { dependencies: unknown };
  const wanted = hashOf(manifest + JSON.stringify(dependencies));
  const stamp = join(folder, 'node_modules', '.installed');
  if (!existsSync(stamp) || (await readFile(stamp, 'utf8')) !== wanted) {
    await rm(join(folder, 'node_modules'), { recursive: true, force: true });
    await npm(folder, 'install', '--no-package-lock', '--no-audit', '--no-fund', '--prefer-offline', ...retries);
    await writeFile(stamp, wanted);
    return;
  }
  const installed = join(folder, 'node_modules', 'gc-auth-messenger');
  if (!existsSync(installed)) return;
  await rm(installed, { recursive: true, force: true });
  await mkdir(installed);
  await run('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: installed });
}

const quiet = {
  ASTRO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
};

/** What npm tells its scripts of the package that runs them, except where packages come from. */
const ofOtherPackage = /^npm_(?!config_(registry|cache|userconfig|globalconfig|cafile|.*proxy)$)/i;

/** Of the host only, without what npm and node:test say of this package and test. */
export function environment(): NodeJS.ProcessEnv {
  const isOwn = (name: string): boolean =>
    !ofOtherPackage.test(name) && !/^(NODE_TEST_CONTEXT|NODE_OPTIONS)$/.test(name);
  const own = Object.entries(process.env).filter(([name]) => isOwn(name));
  return { ...Object.fromEntries(own), ...quiet };
}

/** npm could not reach its registry. */
export class Offline extends Error {}

const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/;

export async function npm(folder: string, ...args: string[]): Promise<void> {
  const options = { cwd: folder, env: environment(), maxBuffer: 64 * 1024 * 1024 };
  await run('npm', args, options).catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
    const Reason = args[0] === 'install' && unreachable.test(stderr) ? Offline : Error;
    throw new Reason(`npm ${args.join(' ')} failed in ${folder}:\n${stdout}${stderr}`);
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
