import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

/** Files of projects that use the package, compiled against its declarations in `dist`. */
const samples = {
  'types of define.js alone': `
    import 'gc-auth-messenger/define.js';
    const element = document.querySelector('gc-auth-messenger')!;
    element.addEventListener('gc-token', (event) => console.log(event.detail.expiresAt));
    document.addEventListener('gc-error', (event) => console.log(event.detail.code));
    window.addEventListener('gc-state-change', (event) => console.log(event.detail.state));
    void element.signIn();
    element.renew = 'auto';
    // @ts-expect-error A wrong value.
    element.renew = 'always';
    // @ts-expect-error Read-only.
    element.error = undefined;
    element.token$.subscribe((token) => console.log(token.jwt));
  `,
  'types of the main entry': `
    import type { GcAuthError, GcAuthMessenger, OidcMetadata, TokenInfo } from 'gc-auth-messenger';
    export const use = (element: GcAuthMessenger, metadata: Partial<OidcMetadata>): GcAuthError | undefined => {
      element.metadata = metadata;
      element.state$.subscribe(({ state }) => console.log(state));
      return element.error;
    };
    export type Token = TokenInfo;
    document.querySelector('gc-auth-messenger')?.signIn();
  `,
  'types of the bundles': `
    import 'gc-auth-messenger/gc-auth-messenger.js';
    import 'gc-auth-messenger/gc-auth-messenger.iife.js';
    document.addEventListener('gc-signed-out', (event) => console.log(event.detail.reason));
    const queue = (window.gcAuthMessenger ??= []);
    queue.push((element) => void element.signIn());
  `,
};

const modes: Readonly<Record<string, ts.CompilerOptions>> = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/** Each sample in a program of its own: one that imports more would bring types to the others. */
function faultsOf(code: string, mode: ts.CompilerOptions): string[] {
  // In the package itself, which may import itself by its name.
  const file = resolve('consumer-sample.ts');
  const options: ts.CompilerOptions = {
    ...mode,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    skipLibCheck: false,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options, true);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? code : readFile(name));
  host.getSourceFile = (name, version, ...rest) =>
    name === file ? ts.createSourceFile(name, code, version, true) : getSourceFile(name, version, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText, file: where }) => `${where?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

describe('consumers', () => {
  for (const [what, code] of Object.entries(samples)) {
    for (const [name, mode] of Object.entries(modes)) {
      it(`compile with ${what} under ${name}, without skipLibCheck`, () => assert.deepEqual(faultsOf(code, mode), []));
    }
  }

  it('would fail on a name that does not exist', () => {
    assert.notDeepEqual(
      faultsOf(`import type { Missing } from 'gc-auth-messenger'; export type A = Missing;`, modes['bundler']!),
      [],
    );
  });
});
