import type { Config } from '../../core/config.js';
import { domainsOf, readEnvironment } from '../../core/environments.js';
import { isLoopback } from '../../core/script-url.js';
import { cspFor } from '../csp.js';
import {
  directiveFor,
  isStrictDynamic,
  parsedScriptAllowed,
  parseMetaPolicies,
  parsePolicies,
  scriptAllowed,
  sourcesAllow,
} from '../csp-match.js';
import type { NonceUse, ParsedPolicy } from '../csp-match.js';
import type { Facts } from '../facts.js';
import { header, isAnswer } from '../facts.js';
import { allOf, subject } from '../subject.js';
import type { Finding } from '../subject.js';

type Id =
  | 'csp-script-src'
  | 'csp-nonce'
  | 'csp-connect-src'
  | 'csp-frame-src'
  | 'csp-img-src'
  | 'csp-trusted-types'
  | 'csp-sandbox';

/** The policies of the page, in its headers and its markup; undefined where the headers are not known. */
function policiesOf({ page }: Facts): readonly ParsedPolicy[] | undefined {
  if (!isAnswer(page?.answer)) return undefined;
  return [
    ...parsePolicies([header(page.answer, 'content-security-policy')]),
    ...parseMetaPolicies(page.metaPolicies ?? []),
  ];
}

const isOfGenesys = (scriptUrl: string): boolean =>
  readEnvironment(new URL(scriptUrl).host.replace(/^apps\./, '')) !== undefined;

const originOf = (text: unknown): readonly string[] =>
  typeof text === 'string' && URL.canParse(text) ? [new URL(text).origin] : [];

/** What Genesys needs for a directive. What only some pages need is left out: attachments, the second domain of a region. */
function ofGenesys(environment: string): (directive: string) => readonly string[] {
  const { page } = cspFor({ environment });
  const second = domainsOf(readEnvironment(environment)!).slice(1);
  return (directive) =>
    (page[directive] ?? []).filter(
      (source) =>
        source !== "'self'" && !/\bshyrka-/.test(source) && !second.some((domain) => source.endsWith(`.${domain}`)),
    );
}

/** A stand-in for Genesys Cloud serves everything from the origin of its script. */
function ofOtherScript({ genesys: { scriptUrl } }: Config): { readonly script: string[]; readonly standIn: string[] } {
  const { origin } = new URL(scriptUrl);
  if (isOfGenesys(scriptUrl)) return { script: [], standIn: [] };
  return { script: [origin], standIn: isLoopback(new URL(scriptUrl)) ? [origin, origin.replace(/^http/, 'ws')] : [] };
}

/** What must be allowed besides scripts, by directive. Hosts that a policy cannot name, such as IPv6 addresses, are judged like others. */
function needed({ config, page, metadata, broken = [] }: Facts): Readonly<Record<string, readonly string[]>> {
  const { genesys, oidc, signInModes, storageAccessUri } = config!;
  const own = !broken.includes('authority') && oidc.authority ? oidc.authority : undefined;
  const genesysNeeds = ofGenesys(genesys.environment);
  const { script, standIn } = ofOtherScript(config!);
  const authorizationHost = metadata?.['authorization_endpoint'];
  const discovery = oidc.metadata?.['authorization_endpoint'] !== undefined ? undefined : (oidc.metadataUrl ?? own);
  const framed = signInModes.includes('silent') && own !== undefined;
  const { origin } = new URL(page!.url);
  const ofOthers = (sources: readonly string[]): readonly string[] => sources.filter((source) => source !== origin);
  return {
    'connect-src': [...genesysNeeds('connect-src'), ...ofOthers(standIn), ...originOf(discovery)],
    'frame-src': [
      ...genesysNeeds('frame-src'),
      ...ofOthers([...script, ...originOf(storageAccessUri)]),
      ...(framed ? [...originOf(oidc.redirectUri), ...originOf(authorizationHost ?? own)] : []),
    ],
    // One host stands for all: the pictures of the launcher come from it.
    'img-src': genesysNeeds('img-src').map((source) => source.replace('//*.', '//apps.')),
  };
}

const nonceUse = ({ config, page }: Facts): NonceUse => {
  const nonce = config!.genesys.nonce;
  if (nonce === undefined) return undefined;
  return page!.sameAnswer === true ? { value: nonce } : 'any';
};

/** Scripts of the bundle that the policy keeps the parser from running. A nonce counts where both are from one answer. */
function refusedBundles({ page }: Facts, sources: readonly string[], origin: string): readonly string[] {
  if (page!.sameAnswer !== true) return [];
  const started = page!.bundles?.filter(({ inert }) => !inert) ?? [];
  return started.filter((script) => !parsedScriptAllowed(sources, script, origin)).map(({ url }) => url);
}

const hasNonce = (sources: readonly string[]): boolean => sources.some((source) => /^'nonce-/i.test(source));

/** What a policy refuses of the bundle and of the Messenger script. */
function refusedScripts(policy: ParsedPolicy, facts: Facts): Finding<Id> | undefined {
  const [directive, sources] = directiveFor(policy, 'script-src') ?? [];
  if (!directive || !sources) return undefined;
  const { origin } = new URL(facts.page!.url);
  const nonce = nonceUse(facts);
  const bundles = refusedBundles(facts, sources, origin);
  const { scriptUrl } = facts.config!.genesys;
  const messenger = scriptAllowed(sources, scriptUrl, origin, nonce) ? [] : [scriptUrl];
  const refused = [...new Set([...bundles, ...messenger])];
  if (refused.length === 0) return undefined;
  if (hasNonce(sources) && messenger.length > 0 && typeof nonce === 'object')
    return { id: 'csp-nonce', found: 'The nonce of the tag is not the one of the policy.' };
  if (hasNonce(sources) && bundles.length > 0)
    return { id: 'csp-nonce', found: `The script tag of ${bundles.join(' ')} does not have the nonce of the policy.` };
  return {
    id: 'csp-script-src',
    found: `${directive} of the page does not allow ${refused.join(' ')}.`,
    // No address counts then.
    hint:
      bundles.length > 0 && isStrictDynamic(sources)
        ? `Give the script tag of the bundle an integrity whose hash ${directive} has, or a nonce.`
        : `Add to ${directive}: ${refused.join(' ')}`,
  };
}

/** What a policy refuses of the rest, one finding a directive. */
function refusedBy(policy: ParsedPolicy, facts: Facts): ReadonlyArray<Finding<Id>> {
  const { origin } = new URL(facts.page!.url);
  return Object.entries(needed(facts)).flatMap(([name, urls]): ReadonlyArray<Finding<Id>> => {
    const [directive, sources] = directiveFor(policy, name) ?? [];
    if (!directive || !sources) return [];
    const refused = [...new Set(urls.filter((url) => !sourcesAllow(sources, url, origin)))];
    if (refused.length === 0) return [];
    const found = `${directive} of the page does not allow ${refused.join(' ')}.`;
    return [{ id: `csp-${name}` as Id, found, hint: `Add to ${directive}: ${refused.join(' ')}` }];
  });
}

function trustedTypesFault(policy: ParsedPolicy): Finding<Id> | undefined {
  const names = policy.get('trusted-types');
  const required = policy.get('require-trusted-types-for')?.some((each) => /^'script'$/i.test(each));
  if (!required || !names || names.includes('*') || names.includes('gc-auth-messenger')) return undefined;
  return { id: 'csp-trusted-types', found: `trusted-types of the page is “${names.join(' ')}”.` };
}

function sandboxFault(policy: ParsedPolicy): Finding<Id> | undefined {
  const flags = policy.get('sandbox');
  const missing = ['allow-scripts', 'allow-same-origin'].filter((flag) => flags && !flags.includes(flag));
  return missing.length > 0
    ? { id: 'csp-sandbox', found: `sandbox of the page lacks ${missing.join(' and ')}.` }
    : undefined;
}

const unique = (findings: ReadonlyArray<Finding<Id>>): ReadonlyArray<Finding<Id>> => [
  ...new Map(findings.map((each) => [each.id, each])).values(),
];

export const pagePolicy = subject<Id>({
  id: 'csp',
  name: 'Content-Security-Policy',
  findings: {
    'csp-script-src': {
      why: 'The browser refuses the bundle or the Messenger script, so there is no chat.',
      hint: 'Allow this host; `npx gc-auth-messenger csp` prints the whole policy.',
    },
    'csp-nonce': {
      why: 'The browser refuses a script tag without the nonce of the policy, also that of the bundle. The element puts its own nonce on the Messenger script.',
      hint: 'Write the nonce of each response into the attribute nonce of the tag, as into every script of the page.',
    },
    'csp-connect-src': {
      why: 'Messenger and the element send requests from the page, and the browser refuses them.',
      hint: 'Allow these hosts; `npx gc-auth-messenger csp` prints the whole policy.',
    },
    'csp-frame-src': {
      why: 'Messenger shows its window in frames, and a silent sign-in loads the provider in one.',
      hint: 'Allow these hosts; `npx gc-auth-messenger csp` prints the whole policy.',
    },
    'csp-img-src': {
      why: 'Messenger shows its images in the page, among them the picture of the launcher.',
      hint: 'Allow these hosts; `npx gc-auth-messenger csp` prints the whole policy.',
    },
    'csp-trusted-types': {
      why: 'The bundle needs one Trusted Types policy. Without it, the browser refuses the Messenger script.',
      hint: 'Add gc-auth-messenger to trusted-types. With a build of your own, add lit-html too.',
    },
    'csp-sandbox': {
      why: 'In a sandbox without these flags, the page runs no script or has no storage.',
      hint: 'Remove sandbox from the policy of the page, or add the flags.',
    },
  },
  examine(facts) {
    const policies = policiesOf(facts);
    if (!policies) return { unknown: 'the headers of the page are not known' };
    if (!facts.config || facts.broken?.includes('environment')) return { unknown: 'the environment is not known' };
    return {
      seen: policies.length === 0 ? 'the page has none' : 'allows what the element and Messenger need',
      findings: unique(
        policies.flatMap((policy) =>
          allOf(
            refusedScripts(policy, facts),
            refusedBy(policy, facts),
            trustedTypesFault(policy),
            sandboxFault(policy),
          ),
        ),
      ),
    };
  },
});
