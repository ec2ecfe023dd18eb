import type { GenesysConfig } from '../core/config.js';
import { readLauncherLook } from '../core/launcher-look.js';
import type { LauncherLook } from '../core/launcher-look.js';
import { fetchDeploymentFile } from './deployment.js';

/**
 * How the deployment wants its launcher; undefined where it has none. A configuration that cannot be read is as Genesys
 * Cloud's default: a click on the launcher then tells what is wrong.
 */
export const fetchLauncherLook = (
  config: GenesysConfig,
  fetchFile: typeof fetch,
  signal: AbortSignal,
): Promise<LauncherLook | undefined> =>
  fetchDeploymentFile(config, 'config', fetchFile, signal).then(readLauncherLook, () => readLauncherLook(undefined));
