import { failureText, isAnswer } from '../../doctor/facts.js';
import type { Answer } from '../../doctor/facts.js';
import { lookAtPage } from './look.js';
import { readPage } from './read-page.js';
import type { ReadPage } from './read-page.js';

/** A page that was fetched and read, or a sentence that says why it was not. */
export type OpenedPage = { readonly answer: Answer; readonly found: ReadPage } | { readonly failed: string };

/** Fetches a page as a browser does, and reads its markup. Never rejects. */
export async function openPage(url: URL): Promise<OpenedPage> {
  const answer = await lookAtPage(url);
  if (!isAnswer(answer)) return { failed: `The page ${failureText(answer)}.` };
  if (answer.status >= 400) return { failed: `The page answered ${answer.status}.` };
  return { answer, found: readPage(answer.body, new URL(answer.url)) };
}

/** The address of a page that can be fetched; undefined for any other text. */
export const webUrl = (text: string): URL | undefined =>
  /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
