import type { GenesysConfig } from '../core/config.js';
import type { Check } from '../core/diagnosis.js';
import { examineDeployment } from './deployment.js';

/** Whether the deployment exists, is active, has authentication and allows the domain of this page. */
export async function deploymentCheck(config: GenesysConfig, win: Window, signal: AbortSignal): Promise<Check> {
  const fault = await examineDeployment(config, win.location.hostname, win.fetch.bind(win), signal);
  const name = 'Messenger deployment';
  return fault
    ? { name, ok: false, found: fault.message, hint: fault.hint }
    : { name, ok: win.navigator.onLine || undefined, found: `no fault found in deployment ${config.deploymentId}` };
}
