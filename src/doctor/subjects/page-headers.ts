import type { Answer, Facts } from '../facts.js';
import { header, isAnswer } from '../facts.js';
import { allOf, subject } from '../subject.js';
import type { Finding } from '../subject.js';

type Id = 'integrity-policy' | 'page-coep' | 'permissions-storage-access';

/** The Messenger script is not pinned by Genesys, so it can have no integrity. */
const blocksScripts = (answer: Answer): boolean =>
  /blocked-destinations\s*=\s*\([^)]*\bscript\b/i.test(header(answer, 'integrity-policy'));

const isolates = (answer: Answer): boolean =>
  /^\s*(require-corp|credentialless)\b/i.test(header(answer, 'cross-origin-embedder-policy'));

/** Origins that may use a feature, by a `Permissions-Policy`; undefined when the header does not name the feature. */
const allowList = (answer: Answer, feature: string): string | undefined =>
  new RegExp(`(?:^|,)\\s*${feature}\\s*=\\s*(\\*|\\([^)]*\\)|self)`, 'i').exec(
    header(answer, 'permissions-policy'),
  )?.[1];

function storageAccessFault(answer: Answer, { config }: Facts): Finding<Id> | undefined {
  const url = config?.storageAccessUri;
  const allowed = allowList(answer, 'storage-access');
  if (
    url === undefined ||
    allowed === undefined ||
    allowed.includes('*') ||
    allowed.includes(`"${new URL(url).origin}"`)
  )
    return undefined;
  return { id: 'permissions-storage-access', found: `Permissions-Policy of the page has storage-access=${allowed}.` };
}

/** Headers of the page other than its Content-Security-Policy. */
export const pageHeaders = subject<Id>({
  id: 'page-headers',
  name: 'headers of the page',
  findings: {
    'integrity-policy': {
      why: 'The browser refuses scripts without an integrity attribute. Genesys changes its script without notice, so that script can have none.',
      hint: 'Remove script from blocked-destinations on pages with Messenger, or use Integrity-Policy-Report-Only.',
    },
    'page-coep': {
      why: 'The browser refuses frames whose pages do not send the same header, such as those of Messenger and of the provider.',
      hint: 'Leave Cross-Origin-Embedder-Policy out on pages with Messenger. Document-Isolation-Policy isolates a page without this effect.',
    },
    'permissions-storage-access': {
      why: 'The browser does not let the page at storage-access-uri ask for its cookies.',
      hint: 'Add the origin of the provider to storage-access in Permissions-Policy, or leave the feature out.',
    },
  },
  examine(facts) {
    const answer = facts.page?.answer;
    if (!isAnswer(answer)) return { unknown: 'the headers of the page are not known' };
    return {
      seen: 'none is in the way',
      findings: allOf<Id>(
        blocksScripts(answer) && {
          id: 'integrity-policy',
          found: 'Integrity-Policy of the page blocks scripts without integrity.',
        },
        isolates(answer) && {
          id: 'page-coep',
          found: `Cross-Origin-Embedder-Policy of the page is ${header(answer, 'cross-origin-embedder-policy')}.`,
        },
        storageAccessFault(answer, facts),
      ),
    };
  },
});
