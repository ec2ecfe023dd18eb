import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { samples } from './consumer-samples.js';

const attributes = `deployment-id="3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10" environment="prod-euw1" renew="auto" silent-timeout={5} debug`;

/** Templates, each compiled with the types of one framework. */
const templates: Readonly<Record<string, { readonly code: string; readonly options: ts.CompilerOptions }>> = {
  'React 19': {
    code: `
      import type {} from 'gc-auth-messenger/jsx';
      import { useRef } from 'react';
      import type { GcAuthMessenger } from 'gc-auth-messenger';
      export function Chat() {
        const ref = useRef<GcAuthMessenger>(null);
        return <main><gc-auth-messenger ref={ref} ${attributes} className="chat" style={{ color: 'red' }} data-x="1"
          strings={{ signIn: 'Hello' }} ongc-token={({ detail }) => console.log(detail.expiresAt)}><b /></gc-auth-messenger></main>;
      }
      // @ts-expect-error A wrong value.
      export const wrong = <gc-auth-messenger renew="always" />;
      export const inspector = <gc-auth-inspector for="chat" open />;
      // @ts-expect-error A wrong value.
      export const closed = <gc-auth-inspector open="maybe" />;
      // @ts-expect-error A misspelt attribute.
      export const misspelt = <gc-auth-messenger authorty="https://login.example.com" />;
    `,
    options: { jsx: ts.JsxEmit.ReactJSX },
  },
  'React 18': {
    code: `
      import type {} from 'gc-auth-messenger/jsx';
      import { useRef } from 'react';
      import type { GcAuthMessenger } from 'gc-auth-messenger';
      export function Chat() {
        const ref = useRef<GcAuthMessenger>(null);
        return <main><gc-auth-messenger ref={ref} key="chat" ${attributes} /></main>;
      }
      // @ts-expect-error A wrong value.
      export const wrong = <gc-auth-messenger renew="always" />;
      export const inspector = <gc-auth-inspector for="chat" open />;
      // @ts-expect-error A wrong value.
      export const closed = <gc-auth-inspector open="maybe" />;
    `,
    options: {
      jsx: ts.JsxEmit.ReactJSX,
      paths: {
        react: ['./node_modules/types-react-18/index.d.ts'],
        'react/jsx-runtime': ['./node_modules/types-react-18/jsx-runtime.d.ts'],
      },
    },
  },
  Preact: {
    code: `
      import type {} from 'gc-auth-messenger/jsx';
      export const Chat = () => <main><gc-auth-messenger ${attributes} class="chat"
        ongc-error={({ detail }) => console.log(detail.hint)} /></main>;
      // @ts-expect-error A wrong value.
      export const wrong = <gc-auth-messenger renew="always" />;
      export const inspector = <gc-auth-inspector for="chat" open />;
      // @ts-expect-error A wrong value.
      export const closed = <gc-auth-inspector open="maybe" />;
    `,
    options: { jsx: ts.JsxEmit.ReactJSX, jsxImportSource: 'preact' },
  },
  Solid: {
    code: `
      import type {} from 'gc-auth-messenger/jsx';
      export const Chat = () => <main><gc-auth-messenger ${attributes} ref={(element) => void element?.signIn()}
        prop:metadata={{ issuer: 'https://login.example.com' }} on:gc-token={({ detail }) => console.log(detail.jwt)} /></main>;
      // @ts-expect-error A wrong value.
      export const wrong = <gc-auth-messenger renew="always" />;
      export const inspector = <gc-auth-inspector for="chat" open />;
      // @ts-expect-error A wrong value.
      export const closed = <gc-auth-inspector open="maybe" />;
    `,
    options: { jsx: ts.JsxEmit.Preserve, jsxImportSource: 'solid-js' },
  },
  'types of Vue': {
    code: `
      import type {} from 'gc-auth-messenger/vue';
      import type { GlobalComponents } from 'vue';
      type Props = InstanceType<GlobalComponents['gc-auth-messenger']>['$props'];
      export const props: Props = { 'deployment-id': 'x', renew: 'off', onGcToken: ({ detail }) => console.log(detail.jwt) };
      // @ts-expect-error A wrong value.
      export const wrong: Props = { renew: 'always' };
      type Inspector = InstanceType<GlobalComponents['gc-auth-inspector']>['$props'];
      export const inspector: Inspector = { for: 'chat', open: true };
      // @ts-expect-error A wrong value.
      export const closed: Inspector = { open: 'maybe' };
    `,
    options: {},
  },
  'types of Svelte': {
    code: `
      import type {} from 'gc-auth-messenger/svelte';
      import type { SvelteHTMLElements } from 'svelte/elements';
      type Props = SvelteHTMLElements['gc-auth-messenger'];
      export const props: Props = { 'deployment-id': 'x', renew: 'off', 'ongc-token': ({ detail }) => console.log(detail.jwt) };
      // @ts-expect-error A wrong value.
      export const wrong: Props = { renew: 'always' };
      type Inspector = SvelteHTMLElements['gc-auth-inspector'];
      export const inspector: Inspector = { for: 'chat', open: true };
      // @ts-expect-error A wrong value.
      export const closed: Inspector = { open: 'maybe' };
    `,
    options: {},
  },
};

const modes: Readonly<Record<string, ts.CompilerOptions>> = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

const bundler = modes['bundler']!;

/** @param missing packages that are not installed. Each sample in a program of its own: one that imports more would bring types to the others. */
function faultsOf(code: string, mode: ts.CompilerOptions, missing?: RegExp): string[] {
  // In the package itself, which may import itself by its name.
  const file = resolve('consumer-sample.tsx');
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
  host.fileExists = (name) => name === file || (fileExists(name) && !missing?.test(name));
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

  for (const [framework, { code, options }] of Object.entries(templates)) {
    it(`compile a template with ${framework}`, () => assert.deepEqual(faultsOf(code, { ...bundler, ...options }), []));
  }

  it('compile the types for JSX where none of the frameworks is installed', () => {
    const code = `import type { CustomElements } from 'gc-auth-messenger/jsx'; export type Names = keyof CustomElements;`;
    assert.deepEqual(
      faultsOf(code, bundler, /node_modules\/(@types\/react|types-react-18|preact|solid-js|vue|svelte)\//),
      [],
    );
  });

  it('would fail on a name that does not exist', () => {
    assert.notDeepEqual(
      faultsOf(`import type { Missing } from 'gc-auth-messenger'; export type A = Missing;`, bundler),
      [],
    );
  });
});
