import { firstValueFrom } from 'rxjs';
import type { OidcConfig } from '../core/config.js';
import type { Check } from '../core/diagnosis.js';
import { asGcAuthError } from '../core/errors.js';
import { discover } from './discovery.js';

/** Whether the provider can be reached and says of itself what is needed. */
export async function providerCheck(config: OidcConfig, win: Window): Promise<Check> {
  const name = 'discovery document';
  try {
    const { end_session_endpoint: endSession } = await firstValueFrom(discover(config, win));
    const found = `read, ${endSession ? 'with' : 'without'} end_session_endpoint`;
    return { name, ok: true, found };
  } catch (thrown) {
    const { message, hint } = asGcAuthError(thrown, 'discovery-failed');
    return { name, ok: false, found: message, hint };
  }
}

/** Whether the file that takes the provider's answer is where it should be. */
export async function callbackCheck({ redirectUri }: OidcConfig, win: Window): Promise<Check> {
  const name = 'callback page';
  const hint = `Put callback.html and callback.js at ${redirectUri}, and register that address at the provider.`;
  try {
    const answer = await win.fetch(redirectUri, { signal: AbortSignal.timeout(8_000) });
    const html = answer.ok ? await answer.text() : '';
    if (!answer.ok) return { name, ok: false, found: `${redirectUri} answered ${answer.status}`, hint };
    return /callback\.js/.test(html)
      ? { name, ok: true, found: redirectUri }
      : { name, ok: false, found: `${redirectUri} does not load callback.js`, hint };
  } catch {
    return { name, ok: false, found: `${redirectUri} could not be read`, hint };
  }
}
