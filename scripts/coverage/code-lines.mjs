import { transform } from 'esbuild';
import ts from 'typescript';

/** What a source file holds that can be covered: lines with code in them (types and comments leave none), branches. */

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Base64 VLQ numbers of one segment (https://tc39.es/ecma426/#sec-base64-vlq).
 *
 * @param {string} segment
 */
function numbersOf(segment) {
  /** @type {number[]} */
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = base64.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return numbers;
}

/**
 * Numbers of the lines, from 1, that survive compilation.
 *
 * @param {string} source TypeScript
 */
export async function codeLines(source) {
  const tsconfigRaw = { compilerOptions: { experimentalDecorators: true, verbatimModuleSyntax: true } };
  const { map } = await transform(source, { loader: 'ts', sourcemap: 'external', tsconfigRaw });
  const lines = new Set();
  let line = 1;
  for (const segment of JSON.parse(map).mappings.split(/[;,]/).filter(Boolean)) {
    line += numbersOf(segment)[2] ?? 0;
    lines.add(line);
  }
  return /** @type {Set<number>} */ (lines);
}

/** @param {ts.Node} node */
function branchesAt(node) {
  if (ts.isConditionalExpression(node)) return 2;
  if (ts.isIfStatement(node)) return node.elseStatement ? 2 : 1;
  if (ts.isCaseOrDefaultClause(node) || ts.isCatchClause(node) || ts.isIterationStatement(node, false)) return 1;
  if (ts.isFunctionLike(node)) return 'body' in node && node.body ? 1 : 0;
  if (!ts.isBinaryExpression(node)) return 0;
  const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
  return [AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken].some((kind) => kind === node.operatorToken.kind)
    ? 1
    : 0;
}

/**
 * Branches as V8 would count them, the file itself being one.
 *
 * @param {string} source TypeScript
 */
export function countBranches(source) {
  /** @param {ts.Node} node @returns {number} */
  const below = (node) => {
    let sum = branchesAt(node);
    ts.forEachChild(node, (child) => void (sum += below(child)));
    return sum;
  };
  return 1 + below(ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022));
}
