import { originOf } from '../../core/page-origin.js';
import type { PageFacts } from '../facts.js';
import { pageAnswer } from './look.js';

/** What a script of the page sees of it. */
export async function pageFacts(win: Window): Promise<PageFacts> {
  const answer = await pageAnswer(win);
  const metas = [...win.document.querySelectorAll<HTMLMetaElement>('head > meta[http-equiv]')];
  return {
    // `about:srcdoc` is a page of the site around it.
    url: /^https?:/.test(win.location.href) ? win.location.href.replace(/[?#].*/s, '') : `${originOf(win)}/`,
    secure: win.isSecureContext,
    ...(answer && { answer }),
    metaPolicies: metas
      .filter(({ httpEquiv }) => httpEquiv.toLowerCase() === 'content-security-policy')
      .map(({ content }) => content),
    tags: win.document.querySelectorAll('gc-auth-messenger').length,
    ...snippetOf(win),
    framedByOtherSite: isFramedByOthers(win),
    storage: canStore(win),
    online: win.navigator.onLine,
  };
}

/** The deployment with which Messenger was loaded on this page: by the element, or by a snippet. */
function snippetOf(win: Window): Pick<PageFacts, 'snippet'> {
  const settings: unknown = Object((win as unknown as Record<string, unknown>)['Genesys']);
  const { deploymentId } = Object((settings as { c?: unknown }).c) as { deploymentId?: unknown };
  return typeof deploymentId === 'string' ? { snippet: { deploymentId } } : {};
}

function isFramedByOthers(win: Window): boolean {
  try {
    return win.top !== win && win.top?.location.origin !== originOf(win);
  } catch {
    return true;
  }
}

/** Messenger keeps its tokens in `localStorage`. */
export function canStore(win: Window): boolean {
  const key = 'gc-auth-messenger:probe';
  try {
    win.localStorage.setItem(key, '1');
    win.localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
