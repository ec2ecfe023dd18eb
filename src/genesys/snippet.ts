import { filter, fromEvent, map, merge, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { attributeOf } from '../core/attribute.js';
import type { GenesysConfig } from '../core/config.js';
import { GcAuthError } from '../core/errors.js';
import { platformEvents, platformMember } from '../core/platform-member.js';
import { genesysOf, globalsOf, snippetName } from './genesys-global.js';
import type { GenesysGlobal } from './genesys-global.js';
import { trustedScriptUrl } from './trusted-types.js';

/** Without a policy the URL stays text, which only pages that enforce Trusted Types refuse. */
const trusted = (win: Window, scriptUrl: string): string => trustedScriptUrl(win, scriptUrl) ?? scriptUrl;

/** Messenger cannot be loaded again with other values of these. */
const fixed = ['deploymentId', 'environment', 'scriptUrl'] as const;

/** A page has one Messenger, for its whole life. `config-invalid` when other settings are requested. */
export function settingsFault(
  present: { readonly [K in (typeof fixed)[number]]?: string | undefined },
  requested: GenesysConfig,
): GcAuthError | undefined {
  const key = fixed.find((key) => present[key] && present[key].toLowerCase() !== requested[key].toLowerCase());
  if (!key) return undefined;
  const attribute = attributeOf(key);
  return new GcAuthError('config-invalid', {
    message: `Attribute ${attribute}: found “${requested[key]}”, but this page runs Messenger with “${present[key]}”.`,
    hint: `Use the same ${attribute}, or reload the page to change it.`,
  });
}

/**
 * Does what the vendor's snippet does before it adds the script: defines the global and its queue. Returns `false` when the
 * page has a snippet of its own. Throws `config-invalid` when that one is for another deployment.
 *
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/genesysgf
 */
export function placeQueue(config: GenesysConfig, win: Window): boolean {
  const globals = globalsOf(win);
  const own = snippetName(win) ? genesysOf(win) : undefined;
  if (own) {
    const fault = settingsFault({ deploymentId: own.c?.deploymentId }, config);
    if (fault) throw fault;
    return false;
  }
  globals['_genesysJs'] = 'Genesys';
  if (genesysOf(win)) return true;
  const queue: GenesysGlobal = (...call) => (queue.q ??= []).push(call);
  // Before it was set, the name may have been that of an element.
  globals['Genesys'] = queue;
  return true;
}

/** Adds the script of the snippet. Throws `script-blocked` where Trusted Types forbid to set its URL. */
export function appendScript(config: GenesysConfig, win: Window): HTMLScriptElement {
  const { deploymentId, environment, debug, scriptUrl, nonce } = config;
  const genesys = genesysOf(win)!;
  genesys.t = Date.now();
  genesys.c = { deploymentId, environment, ...(debug && { debug }) };
  const script = platformMember(win.document, 'createElement')('script');
  script.async = true;
  script.setAttribute('charset', 'utf-8');
  if (nonce) script.nonce = nonce;
  try {
    script.src = trusted(win, scriptUrl);
  } catch (cause) {
    throw new GcAuthError('script-blocked', { hint: 'Allow the Trusted Types policy gc-auth-messenger.', cause });
  }
  script.addEventListener('error', () => script.remove());
  (headOf(win) ?? platformMember(win.document, 'documentElement')).append(script);
  return script;
}

const headOf = ({ document }: Window): HTMLHeadElement | null => platformMember(document, 'head');

export const scriptSelector = 'script[src*="/genesys.min.js"]';

/** The script of the page's own snippet; null when the page removed it after it ran. */
export const foundScript = (win: Window): HTMLScriptElement | null =>
  platformMember(win.document, 'querySelector')<HTMLScriptElement>(scriptSelector);

/**
 * Consent tools hold a script back in these ways: they give it another type, keep its URL, or take it out of the document.
 * Later they let it run, or a copy of it. Some patch `createElement()`, so that only the attribute tells whether there is
 * a URL. `waits`: the script has told no outcome.
 */
export function isHeldBack(script: HTMLScriptElement, waits: boolean): boolean {
  const runs = !script.type || /^(module|(text|application)\/(x-)?(java|ecma)script)$/i.test(script.type.trim());
  return !runs || (waits && (!script.isConnected || !script.hasAttribute('src')));
}

/** Emits `true` when the script ran, otherwise the error that prevented it; completes. */
export function outcomeOf(script: HTMLScriptElement, win: Window): Observable<true | GcAuthError> {
  const { src } = script;
  const blocked = (by = ''): GcAuthError =>
    win.navigator.onLine
      ? new GcAuthError('script-blocked', { message: `The Messenger script ${src} could not be loaded${by}.` })
      : new GcAuthError('offline', { step: 'load' });
  return merge(
    fromEvent(script, 'load').pipe(map(() => true as const)),
    fromEvent(script, 'error').pipe(map(() => blocked())),
    fromEvent<SecurityPolicyViolationEvent>(platformEvents(win.document), 'securitypolicyviolation').pipe(
      filter(({ blockedURI, disposition }) => blockedURI === src && disposition === 'enforce'),
      map(() => blocked(': the Content Security Policy forbids it')),
    ),
  ).pipe(take(1));
}
