import { originOf } from '../../core/page-origin.js';
import { isLoopback } from '../../core/script-url.js';
import type { PageFacts } from '../facts.js';
import type { Door, Look } from '../gather.js';
import { pageAnswer } from './look.js';
import { canStore } from './page-facts.js';
import { readHtml } from './read-html.js';

/**
 * A page other than the one that asks, as far as that one sees it. On the same origin it asks the server for the page. Of
 * another origin it knows the address alone; and what a server shares with the page that asks says nothing about the other one.
 */
export async function otherPage(href: string, win: Window, look: Look): Promise<Required<Pick<Door, 'page' | 'look'>>> {
  const page = new URL(href);
  const url = page.origin + page.pathname;
  if (page.origin === originOf(win)) return { page: await ownFacts(url, win), look };
  return {
    page: { url, secure: page.protocol === 'https:' || isLoopback(page), online: win.navigator.onLine },
    look: async (address, as) => {
      if (new URL(address).origin === originOf(win)) return undefined;
      const answer = await look(address, as);
      const isOfOrigin = answer && 'failed' in answer && (answer.failed === 'cors' || answer.failed === 'policy');
      return isOfOrigin ? undefined : answer;
    },
  };
}

async function ownFacts(url: string, win: Window): Promise<PageFacts> {
  const answer = await pageAnswer(win, url);
  const markup = answer && readHtml(answer.body, answer.url);
  return {
    url,
    secure: win.isSecureContext,
    ...(answer && { answer }),
    ...(markup && { metaPolicies: markup.metaPolicies, tags: markup.tags }),
    storage: canStore(win),
    online: win.navigator.onLine,
  };
}
