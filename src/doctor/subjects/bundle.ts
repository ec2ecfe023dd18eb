import { failureText, isAnswer } from '../facts.js';
import type { Fetched } from '../facts.js';
import { isScriptType } from '../script-type.js';
import { subject } from '../subject.js';
import type { Finding } from '../subject.js';

type Id = 'bundle-not-module' | 'bundle-unreachable' | 'bundle-type';

function faultOf(url: string, answer: Fetched | undefined): Finding<Id> | undefined {
  if (!answer) return undefined;
  if (!isAnswer(answer)) return { id: 'bundle-unreachable', found: `${url} ${failureText(answer)}.` };
  if (answer.status !== 200) return { id: 'bundle-unreachable', found: `${url} answered ${answer.status}.` };
  return isScriptType(answer) ? undefined : { id: 'bundle-type', found: `${url} is no JavaScript.` };
}

/** The script that defines the tag. A page may have it in a bundle of its own, which cannot be recognised. */
export const bundle = subject<Id>({
  id: 'bundle',
  name: 'bundle',
  findings: {
    'bundle-not-module': {
      why: 'gc-auth-messenger.js is an ES module. As a classic script it may define variables of the page, and it cannot load languages.',
      hint: 'Add type="module" to the script tag, or load gc-auth-messenger.iife.js.',
    },
    'bundle-unreachable': {
      why: 'Without the bundle the browser does not know the tag, and shows nothing.',
      hint: 'Put the bundle where the script tag expects it, or correct the address.',
    },
    'bundle-type': {
      why: 'Browsers run a script only if its Content-Type is a JavaScript type.',
      hint: 'Serve the file with Content-Type: text/javascript. If the server sends an HTML page, the file is missing.',
    },
  },
  examine({ page }) {
    const bundles = page?.bundles ?? [];
    if (bundles.length === 0) return undefined;
    const classic = bundles.filter(
      ({ url, module }) => !module && /gc-auth-messenger\.js$/.test(url.replace(/[?#].*/, '')),
    );
    return {
      seen: bundles.map(({ url }) => url).join(', '),
      findings: [
        ...classic.map(({ url }) => ({
          id: 'bundle-not-module' as const,
          found: `${url} is loaded as a classic script.`,
        })),
        ...bundles.flatMap(({ url, answer }) => faultOf(url, answer) ?? []),
      ],
    };
  },
});
