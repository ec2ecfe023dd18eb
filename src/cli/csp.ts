import { parseArgs } from 'node:util';
import { GcAuthError } from '../core/errors.js';
import { cspFor } from '../doctor/csp.js';
import type { Policy } from '../doctor/csp.js';
import { closest, fail, print, wrapped } from './output.js';

const options = {
  environment: { type: 'string' },
  authority: { type: 'string' },
  bundle: { type: 'string' },
  'script-url': { type: 'string' },
  'redirect-uri': { type: 'string' },
  'storage-access-uri': { type: 'string' },
  nonce: { type: 'string' },
  'trusted-types': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const help = `Usage: gc-auth-messenger csp --environment prod-euw1 [options]

Prints what the Content-Security-Policy of the page and of the callback page
must allow. Add the page's own sources.

  --environment         Genesys Cloud environment; required
  --authority           the provider; none with codeProvider
  --bundle              where the element comes from; default: the page's origin
  --script-url          other address of genesys.min.js
  --redirect-uri        where the provider answers; default: the page's origin
  --storage-access-uri  page of the provider that asks for storage access
  --nonce               nonce of the page's scripts, in place of their hosts
  --trusted-types       the page requires Trusted Types
  --json                {"page": {directive: [source]}, "callback": {…}}`;

/** Exit code 0: printed; 2: an option is wrong. */
export function csp(args: string[]): number {
  try {
    const { values } = parseArgs({ args, options });
    if (values.help) {
      print(help);
      return 0;
    }
    if (values.environment === undefined) return fail(`--environment is required.\n\n${help}`);
    const policies = cspFor({
      environment: values.environment,
      authority: values.authority,
      bundle: values.bundle,
      scriptUrl: values['script-url'],
      redirectUri: values['redirect-uri'],
      storageAccessUri: values['storage-access-uri'],
      nonce: values.nonce,
      trustedTypes: values['trusted-types'],
    });
    if (values.json) print(JSON.stringify(policies, null, 2));
    else print(`Page:\n\n${shown(policies.page)}\n\nCallback page:\n\n${shown(policies.callback)}`);
    return 0;
  } catch (error) {
    if (error instanceof GcAuthError) return fail(`${error.message}\n${error.hint}`);
    return fail(`${unknownOption(args) ?? String((error as Error).message)}\n\n${help}`);
  }
}

/** One directive a line. A policy may contain line breaks where it is text in a configuration, so it can be pasted. */
const shown = (policy: Policy): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${wrapped([directive, ...sources])};`)
    .join('\n');

function unknownOption(args: readonly string[]): string | undefined {
  const names = args.flatMap((arg) => /^--([\w-]+)/.exec(arg)?.[1] ?? []);
  const unknown = names.find((name) => !Object.hasOwn(options, name));
  if (unknown === undefined) return undefined;
  const known = closest(unknown, Object.keys(options));
  return `There is no option --${unknown}.${known ? ` Did you mean --${known}?` : ''}`;
}
