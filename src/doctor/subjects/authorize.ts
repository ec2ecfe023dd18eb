import { redactText } from '../../core/redact.js';
import { answerIn } from '../authorization-request.js';
import type { Answer, Facts } from '../facts.js';
import { failureText, header, isAnswer } from '../facts.js';
import { framingFault } from '../framing.js';
import { allOf, subject } from '../subject.js';
import type { Finding } from '../subject.js';
import { authorizeTexts } from './authorize-texts.js';
import type { AuthorizeId as Id } from './authorize-texts.js';

/** What a provider answers where nobody is signed in. */
const nobody = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'];

/** The finding of an error code of OAuth 2.0 §4.1.2.1 or OpenID Connect Core §3.1.2.6. */
function errorFault(error: string, description: string): Finding<Id> {
  const found = redactText(`The provider answered ${error}${description ? ` (“${description.slice(0, 120)}”)` : ''}.`);
  if (error === 'invalid_scope') return { id: 'authorize-scope', found };
  if (error === 'unauthorized_client' || error === 'invalid_client') return { id: 'authorize-client', found };
  if (/code_challenge|pkce/i.test(description)) return { id: 'authorize-pkce', found };
  return { id: 'authorize-error', found };
}

function redirectFaults(answer: URLSearchParams, facts: Facts): ReadonlyArray<Finding<Id>> {
  const error = answer.get('error') ?? '';
  const { metadata = {}, authorizeState, config } = facts;
  const iss = answer.get('iss');
  const announced = metadata['authorization_response_iss_parameter_supported'] === true;
  const bare = (issuer: unknown): string => String(issuer).replace(/\/$/, '');
  const otherIssuer =
    iss !== null && ![metadata['issuer'], config!.oidc.authority].some((known) => bare(known) === bare(iss));
  return allOf<Id>(
    error !== '' && !nobody.includes(error) && errorFault(error, answer.get('error_description') ?? ''),
    authorizeState !== undefined &&
      answer.get('state') !== authorizeState && {
        id: 'authorize-state',
        found: `The answer has ${answer.get('state') === null ? 'no state' : 'another state'}.`,
      },
    (otherIssuer || (announced && iss === null)) && {
      id: 'authorize-iss',
      found:
        iss === null ? 'The document announces iss in answers, and there is none.' : `iss in the answer is “${iss}”.`,
    },
  );
}

/** An answer that is a page: an error for a person to read, a sign-in page, or one that goes on by script. */
function pageFaults(answer: Answer, { config, page }: Facts): ReadonlyArray<Finding<Id>> {
  const { redirectUri } = config!.oidc;
  const text = answer.body.replace(/<(script|style)\b[^]*?<\/\1>/gi, '').replace(/<[^>]*>/g, ' ');
  const found = `The provider answered ${answer.status} with a page.`;
  const isError = answer.status >= 400;
  if (
    /redirect[ _-]?ur[il]|reply (url|address)|callback url/i.test(text) &&
    (isError || /error|mismatch|invalid|not match/i.test(text))
  )
    return [{ id: 'authorize-redirect-uri', found: `${found} It mentions the redirect URI ${redirectUri}.` }];
  if (isError && /invalid_client|unknown client|client[ _-]?(id|is|was|not)|application with identifier/i.test(text))
    return [{ id: 'authorize-client', found: `${found} It mentions the client.` }];
  if (isError) return [{ id: 'authorize-status', found }];
  if (/<input\b[^>]*type=["']?password/i.test(answer.body))
    return [{ id: 'authorize-prompt', found: `${found} It asks for a password.` }];
  const origin = page && new URL(page.url).origin;
  const framing = config!.signInModes.includes('silent') && origin !== undefined && framingFault(answer, origin);
  return framing ? [{ id: 'authorize-framing', found: `The page of the provider has ${framing}.` }] : [];
}

/** Cookies that never reach a frame on another site. Those that are removed do not count. */
function cookieFault({ cookies = [] }: Answer, { sameSite, config }: Facts): Finding<Id> | undefined {
  const set = cookies.filter(
    (cookie) => !/;\s*max-age=(0|-)|;\s*expires=[^;]*\b19[67]\d\b/i.test(cookie) && !/^[^=;]*=\s*;/.test(cookie),
  );
  const reaches = (cookie: string): boolean => /;\s*samesite=none\b/i.test(cookie) && /;\s*secure\b/i.test(cookie);
  if (sameSite !== false || !config!.signInModes.includes('silent') || set.length === 0 || set.some(reaches))
    return undefined;
  const names = set.map((cookie) => /^\s*([^=;\s]+)/.exec(cookie)?.[1] ?? '').join(', ');
  return { id: 'authorize-cookies', found: `None of the provider’s cookies is SameSite=None; Secure: ${names}.` };
}

/** @see https://privacycg.github.io/storage-access-headers/ */
function activateFault(answer: Answer, { config, page, sameSite }: Facts): Finding<Id> | undefined {
  const activate = header(answer, 'activate-storage-access');
  if (sameSite !== false || !page) return undefined;
  const { origin } = new URL(page.url);
  const allowed = /allowed-origin\s*=\s*(\*|"[^"]*")/i.exec(activate)?.[1]?.replaceAll('"', '');
  if (activate !== '' && allowed !== '*' && allowed !== origin)
    return {
      id: 'authorize-activate-storage-access',
      found: `Activate-Storage-Access is “${activate}”, and the page is ${origin}.`,
    };
  return activate === '' && config!.storageAccessUri !== undefined
    ? {
        id: 'authorize-activate-storage-access',
        found: 'storage-access-uri is set, and the provider sends no Activate-Storage-Access.',
      }
    : undefined;
}

function findingsIn(facts: Facts, answer: Answer): ReadonlyArray<Finding<Id>> {
  const { redirectUri } = facts.config!.oidc;
  const location = header(answer, 'location');
  const redirected = answer.status >= 300 && answer.status < 400;
  const found = redirected ? answerIn(location, redirectUri) : undefined;
  const faults =
    redirected && !found
      ? [
          {
            id: 'authorize-redirect-uri' as const,
            found: `The provider leads to ${redactText(location.replace(/[?#].*/, ''))}, not to ${redirectUri}.`,
          },
        ]
      : found
        ? redirectFaults(found, facts)
        : pageFaults(answer, facts);
  return allOf(
    faults,
    faults.length === 0 && [...allOf(cookieFault(answer, facts)), ...allOf(activateFault(answer, facts))],
  );
}

/** The answer in words, without what it carries. */
function seen({ config }: Facts, answer: Answer): string {
  const error = answerIn(header(answer, 'location'), config!.oidc.redirectUri)?.get('error');
  return error ? `answered ${error}, as it should where nobody is signed in` : `answered ${answer.status}`;
}

export const authorize = subject<Id>({
  id: 'authorize',
  name: 'authorization endpoint',
  findings: authorizeTexts,
  examine(facts) {
    const { authorize: answer, config, broken = [], discovery, metadata } = facts;
    if (config?.codeProvider && !config.oidc.authority) return undefined;
    if (!config || ['authority', 'clientId', 'redirectUri'].some((name) => broken.includes(name)))
      return { unknown: 'not asked, because an attribute that the request needs is wrong' };
    if (!answer && discovery && !metadata) return { unknown: 'not known, because the discovery document was not read' };
    if (!answer && metadata && !/^https?:\/\//i.test(String(metadata['authorization_endpoint'])))
      return { unknown: 'not asked, because the discovery document names no web address for it' };
    if (!answer) return { unknown: 'a page may not read its answer; `npx gc-auth-messenger doctor` does' };
    if (!isAnswer(answer))
      return { seen: '', findings: [{ id: 'authorize-unreachable', found: `It ${failureText(answer)}.` }] };
    return { seen: seen(facts, answer), findings: findingsIn(facts, answer) };
  },
});
