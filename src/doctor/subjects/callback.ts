import { directiveFor, parsedScriptAllowed, parseMetaPolicies, parsePolicies, sourcesAllow } from '../csp-match.js';
import type { Answer, Facts } from '../facts.js';
import { failureText, header, isAnswer } from '../facts.js';
import { callbackScriptOf, mayTakeAnswer, takesAnswer } from '../markup.js';
import type { Markup } from '../markup.js';
import { isPageType, isScriptType } from '../script-type.js';
import { allOf, subject } from '../subject.js';
import type { Finding } from '../subject.js';
import { callbackTexts } from './callback-texts.js';
import type { CallbackId as Id } from './callback-texts.js';

/** Silent attempts load the callback page in a frame of the page. */
const isFramed = ({ config }: Facts): boolean => config!.signInModes.includes('silent');

/** Faults of which each makes the rest pointless. */
function pageFault({ callback, config, page }: Facts): Finding<Id> | undefined {
  const { redirectUri } = config!.oidc;
  const answer = callback!.answer!;
  // From its own origin, only a redirect to another one is answered without CORS.
  if (!isAnswer(answer) && answer.failed === 'cors')
    return { id: 'callback-redirect', found: `${redirectUri} leads to another origin.` };
  if (!isAnswer(answer)) return { id: 'callback-unreachable', found: `${redirectUri} ${failureText(answer)}.` };
  const origin = page ? new URL(page.url).origin : new URL(redirectUri).origin;
  if (answer.redirected && new URL(answer.url).origin !== origin)
    return { id: 'callback-redirect', found: `${redirectUri} leads to ${answer.url}.` };
  if (answer.status < 200 || answer.status > 299)
    return { id: 'callback-status', found: `${redirectUri} answered ${answer.status}.` };
  const disposition = header(answer, 'content-disposition');
  if (disposition !== '' && !/^\s*inline\b/i.test(disposition))
    return { id: 'callback-attachment', found: `Content-Disposition of ${redirectUri} is ${disposition}.` };
  if (!isPageType(answer))
    return { id: 'callback-type', found: `Content-Type of ${redirectUri} is ${header(answer, 'content-type')}.` };
  const { markup } = callback!;
  if (!mayTakeAnswer(answer.body) || (markup && !takesAnswer(markup)))
    return { id: 'callback-script-missing', found: `${redirectUri} loads neither callback.js nor the bundle.` };
  return undefined;
}

function scriptFault({ callback }: Facts): Finding<Id> | undefined {
  const { url, answer } = callback?.script ?? {};
  if (!url || !answer) return undefined;
  if (!isAnswer(answer)) return { id: 'callback-script-status', found: `${url} ${failureText(answer)}.` };
  if (answer.status !== 200) return { id: 'callback-script-status', found: `${url} answered ${answer.status}.` };
  return isScriptType(answer) ? undefined : { id: 'callback-script-type', found: `${url} is no JavaScript.` };
}

/** What keeps the page from a frame. `frame-ancestors` makes browsers ignore `X-Frame-Options`. */
function framingFaults(answer: Answer, facts: Facts): ReadonlyArray<Finding<Id>> {
  if (!isFramed(facts)) return [];
  const { origin } = new URL(answer.url);
  const policies = parsePolicies([header(answer, 'content-security-policy')]);
  const ancestors = policies.flatMap((policy) =>
    policy.has('frame-ancestors') ? [policy.get('frame-ancestors')!] : [],
  );
  const refused = ancestors.find((sources) => !sourcesAllow(sources, origin, origin));
  const frameOptions = header(answer, 'x-frame-options');
  return allOf<Id>(
    refused && {
      id: 'callback-frame-ancestors',
      found: `frame-ancestors of the callback page is “${refused.join(' ')}”.`,
    },
    ancestors.length === 0 &&
      /\bdeny\b/i.test(frameOptions) && {
        id: 'callback-frame-options',
        found: `X-Frame-Options of the callback page is ${frameOptions}.`,
      },
  );
}

function policyFaults(answer: Answer, markup: Markup | undefined): ReadonlyArray<Finding<Id>> {
  const script = markup && callbackScriptOf(markup);
  const policies = [
    ...parsePolicies([header(answer, 'content-security-policy')]),
    ...parseMetaPolicies(markup?.metaPolicies ?? []),
  ];
  return policies.flatMap((policy): ReadonlyArray<Finding<Id>> => {
    const flags = policy.get('sandbox');
    if (flags && !flags.includes('allow-scripts'))
      return [{ id: 'callback-sandbox', found: `The policy of the callback page has sandbox ${flags.join(' ')}.` }];
    const [directive, sources] = directiveFor(policy, 'script-src') ?? [];
    if (!directive || !sources || !script) return [];
    return parsedScriptAllowed(sources, script, new URL(answer.url).origin)
      ? []
      : [{ id: 'callback-policy', found: `${directive} of the callback page does not allow ${script.src}.` }];
  });
}

/** A window that its opener cannot close. */
function openerFault(answer: Answer, { config }: Facts): Finding<Id> | undefined {
  const coop = header(answer, 'cross-origin-opener-policy');
  return config!.signInModes.includes('popup') && /^\s*(same-origin\s*(;|$)|noopener-allow-popups)/i.test(coop)
    ? { id: 'callback-coop', found: `Cross-Origin-Opener-Policy of the callback page is ${coop}.` }
    : undefined;
}

/** Speed only. What a provider answers by fragment comes from the cache without `No-Vary-Search`. */
function cacheFaults(answer: Answer, facts: Facts): ReadonlyArray<Finding<Id>> {
  if (!isFramed(facts)) return [];
  const control = header(answer, 'cache-control');
  if (/no-store|no-cache|max-age=0/i.test(control) || !/max-age=|immutable/i.test(control))
    return [
      {
        id: 'callback-cache',
        found: control
          ? `Cache-Control of the callback page is ${control}.`
          : 'The callback page has no Cache-Control.',
      },
    ];
  const modes = facts.metadata?.['response_modes_supported'];
  const { responseMode } = facts.config!.oidc;
  const fragment =
    responseMode === 'fragment' || (responseMode === 'auto' && Array.isArray(modes) && modes.includes('fragment'));
  return fragment || !facts.metadata || header(answer, 'no-vary-search') !== ''
    ? []
    : [
        {
          id: 'callback-no-vary-search',
          found: 'The provider answers in the query, and the callback page has no No-Vary-Search.',
        },
      ];
}

export const callback = subject<Id>({
  id: 'callback',
  name: 'callback page',
  findings: callbackTexts,
  examine(facts) {
    const { callback: found, config, broken = [], page } = facts;
    if (!config || broken.includes('redirectUri')) return { unknown: 'redirect-uri is not known' };
    if (config.codeProvider && !config.oidc.authority) return undefined;
    // The bundle is there, or nobody would ask.
    if (found?.isPage) return { seen: 'this page itself', findings: [] };
    if (!found?.answer || page?.online === false) return { unknown: 'it was not looked at' };
    const fault = pageFault(facts);
    const answer = found.answer;
    return {
      seen: config.oidc.redirectUri,
      findings:
        fault || !isAnswer(answer)
          ? allOf(fault)
          : allOf(
              scriptFault(facts),
              framingFaults(answer, facts),
              policyFaults(answer, found.markup),
              openerFault(answer, facts),
              cacheFaults(answer, facts),
            ),
    };
  },
});
