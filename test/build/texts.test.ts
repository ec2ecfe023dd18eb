import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { errorTexts } from '../../src/core/error-texts.js';
import { GcAuthError } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { subjects } from '../../src/doctor/doctor.js';

/** What a hint begins with: it tells an engineer what to do. */
const actions =
  'Activate Add Allow Call Check Clear Connect Consider Copy Correct Enable Find Keep Leave Let Load Open Put Read Register ' +
  'Remove Replace Return Send Serve Set Switch Take Turn Use Write';
const isAction = new RegExp(`^(?:${actions.replaceAll(' ', '|')}) |^No action is required[.:]`);

/** Names of parts of this code, jargon, and words of blame or alarm. */
const internal =
  /\b(?:ledger|hub|curtain|ladder|watchdog|turn among|spent|summon|sorry|please|oops|illegal|fatal)\b|!/i;

/** Longest text, in characters; what is put in counts as 20. */
const longest = 200;

interface Text {
  readonly where: string;
  readonly text: string;
}

const fault = ({ where, text }: Text, reason: string): string => `${where}: ${reason}: ${text}`;

/** What is wrong with a text of any kind. */
function faultsOf(one: Text): string[] {
  const { text } = one;
  const apart = text.replace(/`[^`]*`/g, '');
  return [
    ...(text.length > longest ? [fault(one, `${text.length} characters, at most ${longest} are wanted`)] : []),
    ...(/[^.]\.$/.test(text) ? [] : [fault(one, 'does not end with one full stop')]),
    ...(/^\s|\s\s/.test(text) ? [fault(one, 'has superfluous spaces')] : []),
    ...(internal.test(apart) ? [fault(one, 'has a word that an engineer of a site does not know')] : []),
    ...(/\p{L}'\p{L}/u.test(apart) ? [fault(one, 'has a typewriter apostrophe')] : []),
  ];
}

/** A sentence: a capital, or a name in which case matters. */
const messageFaults = (one: Text): string[] => [
  ...faultsOf(one),
  ...(/^(?:[A-Z{]|codeProvider )/.test(one.text) ? [] : [fault(one, 'does not begin as a sentence')]),
  ...(/[a-z)”]\. [A-Z]/.test(one.text) ? [fault(one, 'is more than one sentence')] : []),
];

const hintFaults = (one: Text): string[] => [
  ...faultsOf(one),
  ...(isAction.test(one.text) ? [] : [fault(one, 'does not begin with what to do')]),
];

const none = (found: readonly string[]): void => assert.equal(found.join('\n'), '');

describe('the texts of the error codes', () => {
  const codes = Object.keys(errorTexts) as ErrorCode[];
  const texts = codes.map((code) => ({
    where: code,
    ...new GcAuthError(code),
    message: new GcAuthError(code).message,
  }));

  it('say what happened in one sentence', () => {
    none(texts.flatMap(({ where, message }) => messageFaults({ where, text: message })));
  });

  it('say what to do', () => none(texts.flatMap(({ where, hint }) => hintFaults({ where, text: hint }))));

  it('do not repeat each other', () => {
    assert.equal(new Set(texts.map(({ message }) => message)).size, codes.length);
  });

  it('name no code: the error has it in `code`', () => {
    // A word such as “offline” is a code and a word.
    const named = codes.filter((code) => code.includes('-'));
    none(
      texts.flatMap(({ where, message, hint }) =>
        named.filter((code) => `${message} ${hint}`.includes(code)).map((code) => `${where} names ${code}`),
      ),
    );
  });
});

/** Rooms whose texts an element gives out. The doctor has its own texts; the stand-in plays Genesys. */
const rooms = ['core', 'session', 'genesys', 'oidc', 'tabs', 'page', 'element', 'async'];

const files = rooms
  .flatMap((room) =>
    readdirSync(join('src', room), { recursive: true, encoding: 'utf8' }).map((name) => join('src', room, name)),
  )
  .filter((name) => name.endsWith('.ts') && !name.includes('locales'));

/** The texts in an expression that are sentences, with `{…}` for what is put in. */
function sentencesIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => `{${'…'.repeat(18)}}${literal.text}`).join('')];
  }
  // Not what is compared, or passed to a function.
  if (ts.isCallExpression(node) || ts.isFunctionLike(node)) return [];
  const found: string[] = [];
  ts.forEachChild(node, (child) => void found.push(...sentencesIn(child)));
  return found;
}

/** Texts of `message` and `hint`, and of constants whose name says that they are one. */
function textsIn(file: string): { messages: Text[]; hints: Text[] } {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const messages: Text[] = [];
  const hints: Text[] = [];
  const visit = (node: ts.Node): void => {
    const named = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node);
    const name = named && ts.isIdentifier(node.name) ? node.name.text : '';
    const list = /^message$|Message$/.test(name) ? messages : /^hint$|Hint$/.test(name) ? hints : undefined;
    if (list && named && node.initializer) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const found = sentencesIn(node.initializer).filter((text) => / .*\w/.test(text));
      list.push(...found.map((text) => ({ where: `${file}:${line + 1}`, text })));
    }
    // `failure(message, …, hint)` of a file.
    if (ts.isCallExpression(node) && node.expression.getText() === 'failure') {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const [message, ...more] = node.arguments.flatMap(sentencesIn);
      const at = (text: string): Text => ({ where: `${file}:${line + 1}`, text });
      if (message !== undefined) messages.push(at(message));
      hints.push(...more.map(at));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { messages, hints };
}

describe('the texts of single errors', () => {
  const all = files.map(textsIn);
  const messages = all.flatMap((one) => one.messages);
  const hints = all.flatMap((one) => one.hints);

  it('are found', () => assert.ok(messages.length > 35 && hints.length > 25, `${messages.length}, ${hints.length}`));

  it('say what happened in one sentence', () => none(messages.flatMap(messageFaults)));

  it('say what to do', () => none(hints.flatMap(hintFaults)));
});

describe('the texts of the doctor', () => {
  const findings = subjects.flatMap((subject) => Object.entries(subject.findings));

  it('say why a finding matters', () => {
    none(findings.flatMap(([where, { why }]) => faultsOf({ where, text: why })));
  });

  it('say what to do', () => none(findings.flatMap(([where, { hint }]) => hintFaults({ where, text: hint }))));
});
