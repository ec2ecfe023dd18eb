import { abortAfter, firstValue } from '../../async/abortable.js';
import type { OidcConfig } from '../../core/config.js';
import type { Check } from '../../core/diagnosis.js';
import { asGcAuthError } from '../../core/errors.js';
import { headerAgainst } from './callback-headers.js';
import { discoverProvider } from './discovery.js';

/** Whether the provider can be reached and says of itself what is needed. */
export async function providerCheck(config: OidcConfig, win: Window): Promise<Check> {
  const name = 'discovery document';
  try {
    const { end_session_endpoint: endSession } = await firstValue(discoverProvider(config, win), abortAfter(10_000));
    const found = `read, ${endSession ? 'with' : 'without'} end_session_endpoint`;
    return { name, ok: true, found };
  } catch (thrown) {
    const { message, hint } = asGcAuthError(thrown, 'discovery-failed');
    return { name, ok: false, found: message, hint };
  }
}

/** Scopes that a set-up is better with, and why. */
const recommendedScopes: Readonly<Record<string, string>> = {
  profile: 'agents see the name only from this claim',
  email: 'agents see the e-mail address only from this claim',
  offline_access: 'Genesys can refresh, instead of a new code for every JWT',
};

/** Whether everything is asked for that agents and Genesys can use. Nothing is wrong without it. */
export function scopeCheck({ scope }: OidcConfig): Check {
  const missing = Object.entries(recommendedScopes).filter(([name]) => !scope.split(/\s+/).includes(name));
  const hint = `Consider scope="openid profile email offline_access": ${missing.map((one) => one.join(': ')).join('; ')}.`;
  return { name: 'scope', ok: true, found: scope, ...(missing.length > 0 && { hint }) };
}

/** Whether something that takes the provider's answer is where the provider leads back to. `framed`: also in a frame. */
export async function callbackCheck({ redirectUri }: OidcConfig, win: Window, framed = true): Promise<Check> {
  const name = 'callback page';
  // The bundle is here, or nobody would ask.
  if (win.location.href.replace(/[?#].*/s, '') === new URL(redirectUri).href)
    return { name, ok: true, found: 'this page itself' };
  const hint = `Put callback.html and callback.js at ${redirectUri}, or load the bundle there, without headers that forbid frames or scripts, and register that address at the provider.`;
  const fault = await callbackFault(redirectUri, framed, win).catch(() => 'could not be read');
  return fault ? { name, ok: false, found: `${redirectUri} ${fault}`, hint } : { name, ok: true, found: redirectUri };
}

/** What is wrong with the page at that address, if anything. */
async function callbackFault(url: string, framed: boolean, win: Window): Promise<string | undefined> {
  const answer = await win.fetch(url, { signal: abortAfter(8_000) });
  if (!answer.ok) return `answered ${answer.status}`;
  const text = await answer.text();
  if (!/callback\.js|gc-auth-messenger/.test(text)) return 'loads neither callback.js nor the bundle';
  const header = headerAgainst(answer, text, url, framed, win);
  return header && `is served with ${header}`;
}
