import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** What the manifest and the exported types call by name. */
export interface PublicNames {
  readonly attributes: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
  readonly methods: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
  readonly cssProperties: ReadonlySet<string>;
  readonly errorCodes: ReadonlySet<string>;
  /** Members of exported types, and the exported names themselves. */
  readonly members: ReadonlySet<string>;
  /** Texts that exported types allow: states, verdicts, reasons, rungs. */
  readonly texts: ReadonlySet<string>;
}

interface Named {
  readonly name: string;
}

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly members?: ReadonlyArray<Named & { readonly kind: string }>;
  readonly events?: readonly Named[];
  readonly cssStates?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}

const names = (items: readonly Named[] = []): ReadonlySet<string> => new Set(items.map(({ name }) => name));

/** What the entries export, the main one first, read with the compiler that samples are checked with. */
export function publicNames(program: ts.Program, indexFile: string, ...moreEntries: readonly string[]): PublicNames {
  const manifest = JSON.parse(readFileSync('custom-elements.json', 'utf8')) as {
    modules: ReadonlyArray<{ declarations?: readonly Declaration[] }>;
  };
  const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
  const [element, inspector] = ['gc-auth-messenger', 'gc-auth-inspector'].map((tag) =>
    declarations.find(({ tagName }) => tagName === tag),
  );
  const fields = [element, inspector].flatMap((one) => one?.members?.filter(({ kind }) => kind === 'field') ?? []);
  const methods = [element, inspector].flatMap((one) => one?.members?.filter(({ kind }) => kind === 'method') ?? []);
  const exported = exportedTypes(program, indexFile);
  const more = moreEntries.flatMap((file) => [...exportedTypes(program, file).members]);
  return {
    attributes: names([element, inspector].flatMap((one) => one?.attributes ?? [])),
    properties: names(fields),
    methods: names(methods),
    events: names(element?.events),
    states: names(element?.cssStates),
    parts: names(element?.cssParts),
    cssProperties: names([element, inspector].flatMap((one) => one?.cssProperties ?? [])),
    ...exported,
    members: new Set([...exported.members, ...more]),
  };
}

function exportedTypes(program: ts.Program, indexFile: string): Pick<PublicNames, 'errorCodes' | 'members' | 'texts'> {
  const checker = program.getTypeChecker();
  const index = program.getSourceFile(indexFile);
  const door = index && checker.getSymbolAtLocation(index);
  if (!door) throw new Error(`${indexFile} exports nothing.`);
  const members = new Set<string>();
  const texts = new Set<string>();
  let errorCodes = new Set<string>();
  for (const symbol of checker.getExportsOfModule(door)) {
    members.add(symbol.name);
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    // The element itself is in the manifest, without all that it inherits.
    if (symbol.name === 'GcAuthMessenger' || !(target.flags & ts.SymbolFlags.Type)) continue;
    const literals = literalsOf(checker, checker.getDeclaredTypeOfSymbol(target), members);
    for (const text of literals) texts.add(text);
    if (symbol.name === 'ErrorCode') errorCodes = literals;
  }
  return { errorCodes, members, texts };
}

/** Literal texts of a type and of its members; the names of these are added to `members`. */
function literalsOf(checker: ts.TypeChecker, type: ts.Type, members: Set<string>, depth = 0): Set<string> {
  if (type.isStringLiteral()) return new Set([type.value]);
  if (type.isUnion()) return new Set(type.types.flatMap((one) => [...literalsOf(checker, one, members, depth)]));
  if (!(type.flags & ts.TypeFlags.Object) || depth > 1) return new Set();
  return new Set(
    type.getProperties().flatMap((property) => {
      members.add(property.name);
      return [...literalsOf(checker, checker.getTypeOfSymbol(property), members, depth + 1)];
    }),
  );
}
