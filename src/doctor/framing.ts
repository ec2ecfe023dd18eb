import { parsePolicies, sourcesAllow } from './csp-match.js';
import type { Answer } from './facts.js';
import { header } from './facts.js';

/** The header with which a page of another origin cannot be framed by `origin`; undefined when it can. */
export function framingFault(answer: Answer, origin: string): string | undefined {
  const own = new URL(answer.url).origin;
  const policies = parsePolicies([header(answer, 'content-security-policy')]);
  const ancestors = policies.flatMap((policy) =>
    policy.has('frame-ancestors') ? [policy.get('frame-ancestors')!] : [],
  );
  const refused = ancestors.find((sources) => !sourcesAllow(sources, origin, own));
  if (refused) return `frame-ancestors ${refused.join(' ')}`;
  const options = header(answer, 'x-frame-options');
  const forbids = /\bdeny\b/i.test(options) || (/\bsameorigin\b/i.test(options) && own !== origin);
  return ancestors.length === 0 && forbids ? `X-Frame-Options: ${options}` : undefined;
}
