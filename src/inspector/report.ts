import { attempt as quietly } from '../core/stored-value.js';
import { clean, cleanAddress } from './clean.js';
import { duration, isoTime } from './format.js';
import type { History } from './history.js';
import { member, unknown, verdictOf } from './records.js';
import type { CheckRecord, Verdict } from './records.js';

/** What the report is about. */
export interface ReportSource {
  readonly history: History;
  readonly element: Element | undefined;
  /** Why there is no element. */
  readonly missing: string | undefined;
  /** The latest diagnosis; undefined when there was none. */
  readonly checks: readonly CheckRecord[] | undefined;
}

/** Attributes whose values say how the page is set up. The values of others may be about a person. */
const shown = [
  'deployment-id environment script-url debug loading authority client-id redirect-uri scope sign-in-modes acr-values',
  'max-age ui-locales response-mode disable-pkce metadata-url renew silent-timeout popup-timeout',
  'post-logout-redirect-uri storage-access-uri lang',
].flatMap((names) => names.split(' '));

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Everything that the inspector knows, as text for support. Contains no secret, no query string and no e-mail address. */
export function report({ history, element, missing, checks }: ReportSource, now: number): string {
  const { state, token, since } = history;
  const lines: ReadonlyArray<readonly [title: string, lines: readonly string[]]> = [
    [
      'Page',
      [
        `Time: ${isoTime(now)}`,
        `Watched since: ${isoTime(since)}`,
        `Address: ${quietly(() => cleanAddress(location.href)) ?? unknown}`,
        `Browser: ${clean(navigator.userAgent)}`,
        `Online: ${navigator.onLine ? 'yes' : 'no'}`,
      ],
    ],
    ['Element', element ? setUp(element) : [clean(missing ?? unknown)]],
    ['State', [state ? `${clean(state.state)} since ${isoTime(state.at)} (${clean(state.reason)})` : unknown]],
    [
      'JWT',
      token
        ? [`${clean(token.source)}, issued ${time(token.issuedAt)}, expires ${time(token.expiresAt)}`]
        : ['There is none.'],
    ],
    ['Diagnosis', checks ? checks.flatMap(checkLines) : ['Not run.']],
    [
      'Attempts',
      history.attempts.map(
        ({ at, rung, verdict, ms, reason }) =>
          `${isoTime(at)} ${clean(rung)} ${clean(verdict)} ${ms === undefined ? unknown : duration(ms)} (${clean(reason)})`,
      ),
    ],
    [
      'History',
      history.entries.map(({ at, kind, title, detail, hint }) =>
        [isoTime(at), kind, ...[title, detail, hint && `→ ${hint}`].map((text) => text && clean(text))]
          .filter(Boolean)
          .join('  '),
      ),
    ],
    // Their payloads may be about a person.
    ['Messenger events', history.events.map(({ at, name }) => `${isoTime(at)} ${clean(name)}`)],
  ];
  return lines
    .map(([title, content]) => `## ${title}\n\n${(content.length ? content : ['None.']).join('\n')}\n`)
    .join('\n');
}

const time = (at: number | undefined): string => (at === undefined ? unknown : isoTime(at));

/** As the command line has them. */
const signs: Readonly<Record<Verdict, string>> = { problem: '✗', advice: '!', unknown: '?', fine: '✓' };

function checkLines(check: CheckRecord): string[] {
  const { id, name, found, hint, place } = check;
  const line = `${signs[verdictOf(check)]} ${clean(id ? `${name} (${id})` : name)}: ${clean(found)}`;
  return [line, ...(hint ? [`  → ${clean(hint)}`] : []), ...(place ? [`  See: ${clean(place)}`] : [])];
}

/** The attributes of the element, set as attributes or as properties. */
function setUp(element: Element): string[] {
  const values = shown.map((name) => [name, member(element, camelCase(name)) ?? element.getAttribute(name)] as const);
  const set = values.filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false);
  const others = element.getAttributeNames().filter((name) => !shown.includes(name));
  return [
    `<${element.localName}>`,
    ...set.map(
      ([name, value]) => `  ${name}="${clean(typeof value === 'object' ? unknown : String(value as string))}"`,
    ),
    ...others.map((name) => `  ${clean(name)}="…"`),
  ];
}
