import { execFileSync, spawnSync } from 'node:child_process';
import { platform } from 'node:os';

/** Whether this process may install packages: on Debian, Ubuntu and other systems with apt, as root. */
export const aptCanInstall = () =>
  platform() === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;

/** @param {string} missing sentence that says what was not found @param {string[]} packages */
export function aptInstall(missing, packages) {
  console.log(`${missing} Installing: apt-get update && apt-get install -y ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update'], { stdio: 'inherit', env });
  execFileSync('apt-get', ['install', '-y', ...packages], { stdio: 'inherit', env });
}
