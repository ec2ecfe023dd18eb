import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { PageAddress } from '../core/config.js';
import { closest } from '../doctor/closest.js';
import { examine } from '../doctor/doctor.js';
import type { Answer, PageFacts } from '../doctor/facts.js';
import { gather } from '../doctor/gather.js';
import type { Look } from '../doctor/gather.js';
import { rawOf } from '../doctor/read-tag.js';
import { lookFor, sameSite } from './doctor/look.js';
import { openPage, webUrl } from './doctor/open-page.js';
import { attributesOf, doctorHelp, doctorOptions } from './doctor/options.js';
import { parseMarkup } from './doctor/parse-html.js';
import type { ReadPage } from './doctor/read-page.js';
import { report } from './doctor/report.js';
import { fail, print, progressOn, terminal } from './output.js';
import type { Output } from './output.js';

/** Exit code 0: nothing is wrong; 1: something is; 2: it could not look. */
export async function doctor(args: string[], output: Output = terminal): Promise<number> {
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args, options: doctorOptions }) as { values: Record<string, unknown> });
  } catch (error) {
    return fail(`${unknownOption(args) ?? (error as Error).message}\n\n${doctorHelp}`, output);
  }
  if (values['help']) {
    print(doctorHelp, output);
    return 0;
  }
  const options = attributesOf(values);
  const given = values['page'];
  const address = typeof given === 'string' ? given : options['redirect-uri'];
  if (address === undefined) return fail(`--page or --redirect-uri is required.\n\n${doctorHelp}`, output);
  const url = webUrl(address);
  if (!url) return fail(`${given === undefined ? '--redirect-uri' : '--page'} must be an http or https URL.`, output);

  const progress = progressOn(output.err);
  try {
    return await lookAt(url, given !== undefined, options, values['json'] === true, {
      ...output,
      show: (text) => progress.show(text),
    });
  } finally {
    progress.clear();
  }
}

async function lookAt(
  wanted: URL,
  isPage: boolean,
  options: Readonly<Record<string, string>>,
  asJson: boolean,
  output: Output & { readonly show: (text: string) => void },
): Promise<number> {
  const { show } = output;
  const onRequest = (url: URL): void => show(`Looking at ${url.host} …`);
  onRequest(wanted);
  const opened = isPage ? await openPage(wanted) : undefined;
  if (opened && 'failed' in opened) return fail(opened.failed, output);
  const { answer, found } = opened ?? {};
  const url = answer ? new URL(answer.url) : new URL('/', wanted);
  const look = lookFor(url, onRequest);
  const attributes = { ...found?.attributes, ...options };
  if (Object.keys(attributes).length === 0) {
    return fail(
      'The page has no <gc-auth-messenger>. If script adds it, give its attributes\nas options: --deployment-id … --environment … --authority … --client-id …',
      output,
    );
  }
  const page = answer && found && (await pageFacts(answer, found, look));
  const raw = { ...rawOf(attributes), scriptUrlSetByScript: options['script-url'] !== undefined };
  const facts = await gather({
    raw,
    attributes,
    address: addressOf(url),
    look,
    readMarkup: parseMarkup,
    sameSite,
    searchRegions: true,
    secrets: { state: random(), nonce: random(), challenge: random() },
    ...(page && { page }),
  });
  const result = examine(facts);
  const shown = { version: 1, ...(isPage && { page: url.href }), ok: result.ok, checks: result.checks };
  show('');
  // An `ok` that is undefined would be left out.
  if (asJson)
    print(
      JSON.stringify(shown, (_, value: unknown) => (value === undefined ? null : value), 2),
      output,
    );
  else print(report(result, output.out), output);
  return result.ok ? 0 : 1;
}

async function pageFacts(answer: Answer, found: ReadPage, look: Look): Promise<PageFacts> {
  const { metaPolicies, tags, snippet } = found;
  const bundles = await Promise.all(
    found.bundles.map(async (bundle) => {
      const loaded = await look(bundle.url, 'script');
      return { ...bundle, ...(loaded && { answer: loaded }) };
    }),
  );
  const { protocol, hostname } = new URL(answer.url);
  return {
    url: answer.url,
    secure: protocol === 'https:' || /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname),
    answer,
    sameAnswer: true,
    metaPolicies,
    bundles,
    tags,
    ...(snippet && { snippet }),
  };
}

/** Attributes are relative to the address of the page, not to its `<base>`, as in the element. */
const addressOf = ({ href }: URL): PageAddress => ({
  href,
  parse: (text) => (URL.canParse(text, href) ? new URL(text, href) : undefined),
});

/** 43 characters of base64url, as a code challenge has. */
const random = (): string => randomBytes(32).toString('base64url');

function unknownOption(args: readonly string[]): string | undefined {
  const names = args.flatMap((arg) => /^--([\w-]+)/.exec(arg)?.[1] ?? []);
  const unknown = names.find((name) => !Object.hasOwn(doctorOptions, name));
  if (unknown === undefined) return undefined;
  const known = closest(unknown, Object.keys(doctorOptions));
  return `There is no option --${unknown}.${known ? ` Did you mean --${known}?` : ''}`;
}
