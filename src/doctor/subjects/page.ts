import { subject } from '../subject.js';

/** The page and its browser. */
export const pageSubjects = [
  subject({
    id: 'secure-context',
    name: 'secure context',
    findings: {
      'page-insecure': {
        why: 'Browsers have no Web Crypto and no Web Locks on a page without https, so the element cannot sign in there.',
        hint: 'Serve the page over https. On this device, localhost is secure too.',
      },
    },
    examine: ({ page }) =>
      page?.secure === undefined
        ? { unknown: 'the address of the page is not known' }
        : { seen: page.url, findings: page.secure ? [] : [{ id: 'page-insecure', found: `The page is ${page.url}.` }] },
  }),
  subject({
    id: 'storage',
    name: 'storage',
    findings: {
      'storage-blocked': {
        why: 'Messenger keeps its tokens in localStorage. Without it, nobody stays signed in.',
        hint: 'Allow site data for this page in the browser. If the page is in a frame, open it in its own window.',
      },
    },
    examine: ({ page }) =>
      page?.storage === undefined
        ? { unknown: 'only a browser knows' }
        : {
            seen: 'localStorage can be written',
            findings: page.storage ? [] : [{ id: 'storage-blocked', found: 'localStorage is blocked.' }],
          },
  }),
  subject({
    id: 'network',
    name: 'network',
    findings: {
      offline: {
        why: 'No other server could be reached.',
        hint: 'Connect the device to the network, and run the doctor again.',
      },
    },
    examine: ({ page }) =>
      page?.online === undefined
        ? undefined
        : { seen: 'online', findings: page.online ? [] : [{ id: 'offline', found: 'The browser is offline.' }] },
  }),
  subject({
    id: 'tag',
    name: 'tag',
    findings: {
      'tag-duplicate': {
        why: 'A page has one Messenger. The first element uses it, and the others stop with duplicate-element.',
        hint: 'Keep one gc-auth-messenger tag.',
      },
      'snippet-conflict': {
        why: 'A page has one Messenger, and the snippet that runs first decides which.',
        hint: 'Remove the Messenger snippet from the page, because the element loads Messenger.',
      },
      'page-framed': {
        why: 'In a frame, browsers separate storage and messages from those of windows: the answer of a popup may not arrive.',
        hint: 'Open the chat in a page of its own, or sign in before the page is shown in the frame.',
        advice: true,
      },
    },
    examine({ page, config, broken = [] }) {
      if (!page) return { unknown: 'no page was given' };
      const { tags, snippet, framedByOtherSite } = page;
      const wanted = config && !broken.includes('deploymentId') ? config.genesys.deploymentId : undefined;
      const other = wanted !== undefined && snippet?.deploymentId?.toLowerCase();
      return {
        seen: tags === undefined ? 'present' : tags === 0 ? 'none on this page' : `${tags} on the page`,
        findings: [
          ...(tags !== undefined && tags > 1
            ? [{ id: 'tag-duplicate' as const, found: `The page has ${tags} <gc-auth-messenger> elements.` }]
            : []),
          ...(other && other !== wanted
            ? [
                {
                  id: 'snippet-conflict' as const,
                  found: `A snippet of the page loads Messenger for deployment ${other}.`,
                },
              ]
            : []),
          ...(framedByOtherSite === true
            ? [{ id: 'page-framed' as const, found: 'The page is in a frame of another site.' }]
            : []),
        ],
      };
    },
  }),
];
