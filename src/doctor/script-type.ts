import type { Answer } from './facts.js';
import { header } from './facts.js';

/** Whether browsers run a file as a script. Without a type they do, unless `nosniff` is set. */
export function isScriptType(answer: Answer): boolean {
  const type = header(answer, 'content-type');
  if (type === '') return !/nosniff/i.test(header(answer, 'x-content-type-options'));
  return /^\s*(text|application)\/(x-)?(java|ecma)script\b/i.test(type);
}

/** Whether browsers show a file as a page. They look into what has no type, unless `nosniff` is set. */
export function isPageType(answer: Answer): boolean {
  const type = header(answer, 'content-type');
  if (/^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(type)) return true;
  return /^(text\/plain\b|$)/i.test(type) && !/nosniff/i.test(header(answer, 'x-content-type-options'));
}
