import { attributeOf } from '../core/attribute.js';
import type { GenesysConfig } from '../core/config.js';
import { GcAuthError } from '../core/errors.js';
import { genesysOf, globalsOf } from './genesys-global.js';
import type { GenesysGlobal } from './genesys-global.js';
import { trustedTypesPolicy } from './trusted-types.js';

/**
 * The policy admits `scriptUrl` on any host, because it comes from the element's configuration. Without a policy it stays
 * text, which only pages that enforce Trusted Types refuse.
 */
const trusted = (win: Window, scriptUrl: string): string =>
  trustedTypesPolicy(win)?.createScriptURL(scriptUrl, scriptUrl) ?? scriptUrl;

const fixed = ['deploymentId', 'environment', 'scriptUrl'] as const;

/** A page has one Messenger for as long as it lives: `config-invalid` when it is wanted with other settings. */
export function settingsFault(
  present: { readonly [K in (typeof fixed)[number]]?: string | undefined },
  wanted: GenesysConfig,
): GcAuthError | undefined {
  const key = fixed.find((key) => present[key] && present[key].toLowerCase() !== wanted[key].toLowerCase());
  if (!key) return undefined;
  const attribute = attributeOf(key);
  return new GcAuthError('config-invalid', {
    message: `Attribute ${attribute}: found “${wanted[key]}”, but this page runs Messenger with “${present[key]}”.`,
    hint: `Use the same ${attribute}, or reload the page to change it.`,
  });
}

/**
 * The vendor's snippet without its script: the name, the queue, the options. `false` when the page has its own.
 * Throws `config-invalid` when that one is for another deployment.
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/genesysgf
 */
export function placeQueue(config: GenesysConfig, win: Window): boolean {
  const globals = globalsOf(win);
  const own = globals['_genesysJs'] ? genesysOf(win) : undefined;
  if (own) {
    const fault = settingsFault({ deploymentId: own.c?.deploymentId }, config);
    if (fault) throw fault;
    return false;
  }
  globals['_genesysJs'] = 'Genesys';
  const queue: GenesysGlobal = (...call) => (queue.q ??= []).push(call);
  globals['Genesys'] ??= queue;
  return true;
}

/** Throws `script-blocked` where the page forbids scripts made by scripts (Trusted Types). */
export function appendScript(config: GenesysConfig, win: Window): HTMLScriptElement {
  const { deploymentId, environment, debug, scriptUrl, nonce } = config;
  const genesys = genesysOf(win)!;
  genesys.t = Date.now();
  genesys.c = { deploymentId, environment, ...(debug && { debug }) };
  const script = win.document.createElement('script');
  script.async = true;
  script.setAttribute('charset', 'utf-8');
  if (nonce) script.nonce = nonce;
  try {
    script.src = trusted(win, scriptUrl);
  } catch (cause) {
    throw new GcAuthError('script-blocked', { hint: 'Allow the Trusted Types policy gc-auth-messenger.', cause });
  }
  script.addEventListener('error', () => script.remove());
  win.document.head.append(script);
  return script;
}

/** The script of the page's own snippet, unless the page took it away after it ran. */
export const foundScript = (win: Window): HTMLScriptElement | null =>
  win.document.querySelector<HTMLScriptElement>('script[src*="/genesys.min.js"]');

/** Says `true` when the script ran, else why it could not. */
export function watchScript(
  script: HTMLScriptElement,
  win: Window,
  report: (outcome: true | GcAuthError) => void,
): void {
  const { src } = script;
  const blocked = (by?: string): GcAuthError =>
    win.navigator.onLine
      ? new GcAuthError('script-blocked', { message: `The Messenger script ${src} could not be loaded${by ?? ''}.` })
      : new GcAuthError('offline', { step: 'load' });
  script.addEventListener('load', () => report(true));
  script.addEventListener('error', () => report(blocked()));
  win.document.addEventListener('securitypolicyviolation', ({ blockedURI, disposition }) => {
    if (blockedURI === src && disposition === 'enforce') report(blocked(': the Content Security Policy forbids it'));
  });
}
