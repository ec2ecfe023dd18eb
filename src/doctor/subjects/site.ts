import { failureText, isAnswer } from '../facts.js';
import { framingFault } from '../framing.js';
import { subject } from '../subject.js';

/** Where the provider is, as browsers see it. */
export const site = subject({
  id: 'site',
  name: 'site of the provider',
  findings: {
    'site-silent-only': {
      why: 'Many browsers block the cookies of other sites in frames. A silent attempt then finds nobody signed in, and sign-in-modes allows nothing else.',
      hint: 'Add popup to sign-in-modes, or give the provider a domain on the site of the page.',
    },
  },
  examine({ sameSite, config }) {
    if (!config?.oidc.authority) return undefined;
    if (sameSite === undefined) return { unknown: 'a page does not know the public suffix list' };
    const silentOnly = config.signInModes.every((mode) => mode === 'silent');
    return {
      seen: sameSite
        ? 'the site of the page'
        : 'another site than that of the page: silent only where browsers allow its cookies',
      findings:
        !sameSite && silentOnly
          ? [{ id: 'site-silent-only', found: 'The provider is on another site, and sign-in-modes is silent.' }]
          : [],
    };
  },
});

/** The page of the provider that asks the browser for storage access. */
export const storageAccess = subject({
  id: 'storage-access',
  name: 'storage access page',
  findings: {
    'storage-access-status': {
      why: 'The prompt shows its own button until that page reports that it is ready, so every sign-in needs a popup.',
      hint: 'Correct storage-access-uri, or put the page there.',
    },
    'storage-access-framing': {
      why: 'The prompt shows that page in a frame, and the browser refuses.',
      hint: 'Allow the origin of the page in frame-ancestors of that page.',
    },
  },
  examine({ storageAccess: answer, config, page }) {
    const url = config?.storageAccessUri;
    if (!url) return undefined;
    if (!answer || !page) return { unknown: 'a page may not read it' };
    if (!isAnswer(answer))
      return { seen: '', findings: [{ id: 'storage-access-status', found: `${url} ${failureText(answer)}.` }] };
    if (answer.status !== 200)
      return { seen: '', findings: [{ id: 'storage-access-status', found: `${url} answered ${answer.status}.` }] };
    const framing = framingFault(answer, new URL(page.url).origin);
    return { seen: url, findings: framing ? [{ id: 'storage-access-framing', found: `${url} has ${framing}.` }] : [] };
  },
});
