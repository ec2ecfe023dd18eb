import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import ts from 'typescript';
import { comparisonFile, comparisonList } from '../../scripts/docs/comparison.mjs';
import { blockOf } from '../../scripts/docs/doc-block.mjs';
import { GcAuthError } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { cspFor, policyText } from '../../src/doctor/csp.js';
import { messengerEvents } from '../../src/genesys/messenger-events.js';
import type { Row } from '../journeys/baselines/run.js';
import { compile, cspFile, indexFile, playwrightFile, testingFile } from './docs/check-code.js';
import { otherFaults, spanFault, tagFaults } from './docs/check-names.js';
import { measuredClicks, shownClicks } from './docs/clicks-table.js';
import { knownRegions, shownRegions } from './docs/regions-table.js';
import { publicNames } from './docs/names.js';
import { at, pages, readPage, sides } from './docs/pages.js';
import type { Page } from './docs/pages.js';

const samples = pages.flatMap((page) => page.samples);
/** What a page is after a change that a sample shows. */
const changed = samples
  .filter(({ language }) => language === 'diff')
  .map((sample) => ({ ...sample, code: sides(sample).after }));
const page = (file: string): Page => pages.find((one) => one.file === file) ?? assert.fail(`There is no ${file}.`);
const { program, faults } = compile(samples);
const known = publicNames(program, indexFile, cspFile, testingFile, playwrightFile);

/** Every fault at once, since each run costs seconds. */
const none = (found: readonly string[]): void => assert.equal(found.join('\n'), '');

describe('pages', () => {
  it('link to files and headings that exist', () => {
    none(pages.flatMap((one) => one.links.flatMap(({ line, target }) => linkFault(one, target, line))));
  });

  it('show pictures that load quickly', () => {
    const pictures = pages.flatMap(({ file, links }) =>
      links.map(({ target }) => join(dirname(file), target)).filter((path) => /\.(png|webp|svg|jpe?g)$/.test(path)),
    );
    assert.ok(pictures.length > 0);
    none(pictures.filter((path) => statSync(path).size > 150_000).map((path) => `${path} is larger than 150 kB`));
  });

  it('have tables that fit a screen', () => {
    const widest = 150;
    none(
      pages.flatMap(({ file, text }) =>
        text
          .split('\n')
          .map((line, index) => ({ line, where: at({ file }, index + 1) }))
          .filter(({ line }) => line.startsWith('|') && line.length > widest)
          .map(({ line, where }) => `${where}: a table of ${line.length} characters, at most ${widest} fit`),
      ),
    );
  });

  it('say how many clicks are needed, as the journeys measure it', () => {
    assert.deepEqual(shownClicks(page('docs/getting-a-code.md').text), measuredClicks());
  });

  it('begin with one heading, and the README is short', () => {
    none(pages.filter(({ text }) => !/^# \S/.test(text)).map(({ file }) => `${file} has no title`));
    const lines = page('README.md').text.trimEnd().split('\n').length;
    assert.ok(lines <= 250, `README.md has ${lines} lines`);
  });

  it('are all found from the index', () => {
    const index = page('docs/README.md');
    const linked = new Set(index.links.map(({ target }) => normalize(join('docs', target.replace(/#.*/, '')))));
    const unseen = pages.filter(({ file }) => file.startsWith('docs/') && file !== index.file && !linked.has(file));
    none(unseen.map(({ file }) => `${file} is not in ${index.file}`));
  });
});

function linkFault({ file, anchors }: Page, target: string, line: number): string[] {
  const where = at({ file }, line);
  if (/^(https:|mailto:)/.test(target)) return URL.canParse(target) ? [] : [`${where}: ${target} is no URL`];
  const [path = '', anchor] = target.split('#');
  const linked = path === '' ? file : normalize(join(dirname(file), decodeURI(path)));
  if (!existsSync(linked)) return [`${where}: there is no ${linked}`];
  if (anchor === undefined) return [];
  const headings = path === '' ? anchors : readPage(linked).anchors;
  return headings.has(anchor) ? [] : [`${where}: ${linked} has no heading for #${anchor}`];
}

describe('names', () => {
  it('in code exist', () => {
    none(
      pages.flatMap((one) =>
        one.spans.flatMap(({ line, code }) => {
          const fault = spanFault(code, known);
          return fault === undefined ? [] : [`${at(one, line)}: \`${code}\`: ${fault}`];
        }),
      ),
    );
  });

  it('in tags, style sheets and event listeners of samples exist', () => {
    none(
      [...samples.filter(({ language }) => language !== 'diff'), ...changed].flatMap((sample) =>
        [...tagFaults(sample.code, known), ...otherFaults(sample.code, known)].map(
          (fault) => `${at(sample, sample.line)}: ${fault}`,
        ),
      ),
    );
  });

  it('of states and events are all in the README', () => {
    const spans = new Set(page('README.md').spans.map(({ code }) => code));
    none([...known.states, ...known.events].filter((name) => !spans.has(name)).map((name) => `${name} is missing`));
  });
});

describe('samples', () => {
  // There is no server here that could check nginx.
  const languages = [
    'astro',
    'css',
    'diff',
    'html',
    'http',
    'js',
    'json',
    'mermaid',
    'nginx',
    'sh',
    'svelte',
    'ts',
    'tsx',
    'vue',
  ];

  it('are of a language that is checked', () => {
    none(
      samples
        .filter(({ language }) => !languages.includes(language))
        .map((sample) => `${at(sample, sample.line)}: “${sample.language}” is not checked`),
    );
  });

  it('of script type-check', () => none(faults));

  it('of a change are HTML whose scripts can be parsed, before and after', () => {
    const changes = samples.filter(({ language }) => language === 'diff');
    assert.ok(changes.length > 0);
    none(
      changes.flatMap((sample) =>
        Object.entries(sides(sample)).flatMap(([side, html]) =>
          [...html.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].flatMap(([, script = '']) => {
            const { diagnostics } = ts.transpileModule(script, { reportDiagnostics: true });
            return diagnostics!.map(
              ({ messageText }) =>
                `${at(sample, sample.line)}, ${side}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
            );
          }),
        ),
      ),
    );
  });

  it('of JSON can be parsed', () => {
    for (const { language, code } of samples) if (language === 'json') assert.doesNotThrow(() => void JSON.parse(code));
  });

  it('of commands, and commands in text, name scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const commands = [
      ...samples
        .filter(({ language }) => language === 'sh')
        .flatMap((one) => one.code.split('\n').map((code) => ({ where: at(one, one.line), code }))),
      ...pages.flatMap((one) => one.spans.map(({ line, code }) => ({ where: at(one, line), code }))),
    ];
    none(
      commands.flatMap(({ where, code }) =>
        [...code.matchAll(/\bnpm (?:run ([\w:]+)|(start|test)\b)/g)]
          .map(([, script, short]) => script ?? short ?? '')
          .filter((script) => !(script in scripts))
          .map((script) => `${where}: package.json has no script ${script}`),
      ),
    );
  });
});

describe('errors', () => {
  const { text } = page('docs/errors.md');
  const entries = text.split(/^### /m).slice(1);
  const codes = entries.map((entry) => /^`([\w-]+)`\n/.exec(entry)?.[1] ?? entry);

  it('have an entry each, and no entry is of an unknown code', () => {
    assert.deepEqual([...codes].sort(), [...known.errorCodes].sort());
  });

  it('have a cause, a way out, and the step and retryability that they have in the code', () => {
    for (const [index, code] of codes.entries()) {
      const { step, retryable } = new GcAuthError(code as ErrorCode);
      const start = `\`${code}\`\n\nStep \`${step}\`. ${retryable ? 'Retryable' : 'Not retryable'}.\n\n`;
      const entry = entries[index]!;
      assert.ok(entry.startsWith(start), `${code} is to begin with:\n${start}`);
      assert.match(entry, /^\*\*Cause\.\*\* \S/m, code);
      assert.match(entry, /^\*\*Way out\.\*\* \S/m, code);
    }
  });
});

describe('lists', () => {
  it('of the events of Messenger are those of the code', () => {
    const [, section = ''] = page('docs/script.md').text.split('### Events of Messenger');
    const items = section.split(/^##/m)[0]!.matchAll(/^- \*\*(\w+)\*\*: ((?:`[\w ]+`\s*)+)/gm);
    const shown = Array.from(items, ([, plugin, names = '']) =>
      names
        .replaceAll('`', '')
        .trim()
        .split(/\s+/)
        .map((name) => `${plugin}.${name}`),
    ).flat();
    assert.deepEqual(shown, messengerEvents);
  });
});

describe('generated parts', () => {
  it('of the comparison show what was measured', () => {
    const rows = JSON.parse(readFileSync('test/journeys/baselines/results.json', 'utf8')) as Row[];
    assert.equal(blockOf(page(comparisonFile).text, 'baselines'), comparisonList(rows), 'npm run journeys:baselines');
  });

  it('of the regions show what the code knows', () => {
    assert.deepEqual(shownRegions(page('docs/setup.md').text), knownRegions());
  });

  it('of the policy show what the command above prints', () => {
    const own = page('docs/setup.md').samples;
    const command = own.find(({ code }) => code.includes('gc-auth-messenger csp'))?.code ?? '';
    const value = (name: string): string | undefined => new RegExp(`--${name} (\\S+)`).exec(command)?.[1];
    const environment = value('environment') ?? '';
    const policies = cspFor({ environment, authority: value('authority'), bundle: value('bundle') });
    assert.equal(
      own.find(({ language }) => language === 'http')?.code.trim(),
      `Content-Security-Policy: ${policyText(policies.page)}`,
    );
  });

  it('of the command line list its options', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      'src/cli/main.ts',
      'csp',
      '--help',
    ]);
    const { text } = page('docs/setup.md');
    const shown = Array.from(text.matchAll(/^\| `(--[\w-]+)` /gm), ([, name]) => name);
    const explained = Array.from(stdout.matchAll(/^ {2}(--[\w-]+)(?: {2,}|$)/gm), ([, name = '']) => name);
    assert.deepEqual(shown, explained);
  });
});
