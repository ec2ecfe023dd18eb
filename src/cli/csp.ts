import { parseArgs } from 'node:util';
import { readEnvironment } from '../core/environments.js';
import { GcAuthError } from '../core/errors.js';
import { attributeNames, propertyOf } from '../doctor/attribute-names.js';
import { cspFor, policyText } from '../doctor/csp.js';
import type { CspOptions, Policy } from '../doctor/csp.js';
import { uploadHostOf } from '../doctor/upload-hosts.js';
import { setUpOf } from './csp-page.js';
import type { PageSetUp } from './csp-page.js';
import { webUrl } from './doctor/open-page.js';
import { closest, fail, fitted, print, progressOn, styled, terminal, wrapped } from './output.js';
import type { Output } from './output.js';

/** Version of what `--json` prints. It changes only when a program that reads it could break. */
const formatVersion = 1;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const options = {
  ...Object.fromEntries(attributeNames.map((name) => [name, text])),
  debug: flag,
  'disable-pkce': flag,
  page: text,
  bundle: text,
  'authorization-endpoint': text,
  hash: { type: 'string', multiple: true },
  'strict-dynamic': flag,
  'host-list': flag,
  'trusted-types': flag,
  json: flag,
  help: { type: 'boolean', short: 'h' },
} as const;

/** Attributes that this help explains, because the policies depend on them. */
const explained = [
  ...['environment', 'authority', 'metadata-url', 'sign-in-modes', 'redirect-uri'],
  ...['storage-access-uri', 'script-url', 'nonce'],
];

const help = `Usage: gc-auth-messenger csp --page https://www.example.com/ [options]
       gc-auth-messenger csp --environment prod-euw1 [options]

Prints what the Content-Security-Policy of the page and of the callback page
must allow. Add the page's own sources.

Attributes of the tag, in place of those of the page:
  --environment         Genesys Cloud environment; required without --page
  --authority           the provider; none with codeProvider
  --metadata-url        other address of the discovery document
  --sign-in-modes       without silent, the provider is in no frame
  --redirect-uri        where the provider answers, on the page's origin
  --storage-access-uri  page of the provider that asks for storage access
  --script-url          other address of genesys.min.js
  --nonce               nonce of the page's scripts; another in every response

${wrapped(['Accepted', 'as', 'well,', 'without', 'effect', 'on', 'a', 'policy:', ...others()])}

Of the page:
  --page                its URL: the tag and the script of the element are read
                        from there, and 'self' is its origin
  --bundle              where the element comes from; default: as the page has
                        it, or the page's origin
  --authorization-endpoint
                        where the provider signs people in, if that is another
                        host than that of --authority
  --hash                hash of a script, such as sha256-…; may be repeated
  --strict-dynamic      trusted scripts may load others: the default with
                        --nonce or --hash
  --host-list           scripts are allowed by their host, in addition to
                        --nonce and --hash
  --trusted-types       the page enforces Trusted Types

  --json                {"version": ${formatVersion}, "page": {"directives": {name: [source]},
                        "header": text}, "callback": the same}; with --page
                        "tag": its attributes, or null where there is none
  --help                lists the options`;

const seeHelp = 'gc-auth-messenger csp --help lists the options.';

function others(): string[] {
  return attributeNames.filter((name) => !explained.includes(name)).map((name) => `--${name}`);
}

/** Exit code 0: printed; 2: an option is wrong. */
export async function csp(args: string[], output: Output = terminal): Promise<number> {
  try {
    const { values } = parseArgs({ args, options });
    if (values.help) {
      print(help, output);
      return 0;
    }
    if (values['strict-dynamic'] && values['host-list'])
      return fail('Choose --strict-dynamic or --host-list, not both.', output);
    const url = values.page === undefined ? undefined : webUrl(values.page);
    if (values.page !== undefined && !url) return fail('--page must be an http or https URL.', output);
    const read = url && (await watched(url, output));
    // The page is where it is after redirects.
    const policyOptions = { ...read?.options, ...optionsOf(values), ...(read && { page: read.options.page }) };
    const { environment } = policyOptions;
    if (environment === undefined) return fail(`${withoutEnvironment(read)}\n\n${seeHelp}`, output);
    const { page, callback } = cspFor({ ...policyOptions, environment });
    if (values.json) {
      const described = (directives: Policy) => ({ directives, header: policyText(directives) });
      const tag = read && { tag: read.tag };
      const policies = { page: described(page), callback: described(callback) };
      print(JSON.stringify({ version: formatVersion, ...policies, ...tag }, null, 2), output);
    } else {
      print(
        `Page:\n\n${shown(page, output)}\n\nCallback page:\n\n${shown(callback, output)}${missingOf(environment)}${withoutTag(read)}`,
        output,
      );
    }
    return 0;
  } catch (error) {
    if (error instanceof GcAuthError) return fail(`${error.message}\n${error.hint}`, output);
    return fail(`${unknownOption(args) ?? (error as Error).message}\n\n${seeHelp}`, output);
  }
}

type Values = Readonly<Partial<Record<string, string | boolean | ReadonlyArray<string | boolean>>>>;

function optionsOf(values: Values): Partial<CspOptions> {
  const { hash, 'strict-dynamic': strict, 'host-list': list } = values;
  const byProperty = Object.fromEntries(Object.entries(values).map(([name, value]) => [propertyOf(name), value]));
  return {
    ...byProperty,
    hashes: hash as readonly string[] | undefined,
    strictDynamic: list ? false : (strict as boolean | undefined),
  };
}

async function watched(page: URL, { err }: Output): Promise<PageSetUp> {
  const progress = progressOn(err);
  progress.show('Reading the page …');
  try {
    return await setUpOf(page);
  } finally {
    progress.clear();
  }
}

function withoutEnvironment(read: PageSetUp | undefined): string {
  if (!read) return '--environment is required, or --page with the tag.';
  return `${read.failed ?? 'Its tag has no environment.'} Give --environment and the other attributes as options.`;
}

const withoutTag = (read: PageSetUp | undefined): string =>
  read?.failed === undefined ? '' : `\n\n${fitted(`${read.failed} The policies are those of the options alone.`)}`;

/** One directive a line. A policy may contain line breaks where it is text in a configuration, so it can be pasted. */
const shown = (policy: Policy, { out }: Output): string =>
  Object.entries(policy)
    .map(([directive, sources]) => wrapped(`${[directive, ...sources].join(' ')};`.split(' ')))
    .map((lines) => lines.replace(/^\S+/, (directive) => styled('bold', directive, out)))
    .join('\n');

/** What Genesys does not publish of an environment. */
function missingOf(environment: string): string {
  const found = readEnvironment(environment);
  if (!found || uploadHostOf(found)) return '';
  return `\n\n${fitted(`Not known: the upload host of ${found.name}. Attachments need it in connect-src.`)}`;
}

function unknownOption(args: readonly string[]): string | undefined {
  const names = args.flatMap((arg) => /^--([\w-]+)/.exec(arg)?.[1] ?? []);
  const unknown = names.find((name) => !Object.hasOwn(options, name));
  if (unknown === undefined) return undefined;
  const known = closest(unknown, Object.keys(options));
  return `There is no option --${unknown}.${known ? ` Did you mean --${known}?` : ''}`;
}
