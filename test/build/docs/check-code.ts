import { resolve } from 'node:path';
import ts from 'typescript';
import type { Sample } from './pages.js';

/**
 * Samples compiled as if each were a file of a page, beside `src`: `gc-auth-messenger` is `src/index.ts`. Other modules
 * are not installed here, so they are stubs.
 */

export const indexFile = resolve('src/index.ts');

export const cspFile = resolve('src/doctor/csp.ts');

export const testingFile = resolve('src/testing/index.ts');
export const playwrightFile = resolve('src/testing/playwright/index.ts');

const stubs = `
declare module '*/sign-in.js';
declare module '@angular/core';
declare module '@vitejs/plugin-vue';
declare module 'vite';
declare module '@microsoft/sp-application-base' {
  export abstract class BaseApplicationCustomizer<Properties> {
    readonly properties: Properties;
    onInit(): Promise<void>;
  }
}
declare module '@playwright/test' {
  import type { BrowserContext, Page } from 'playwright-core';
  interface Test<Fixtures> {
    (name: string, body: (fixtures: Fixtures) => Promise<void>): void;
    extend<More>(fixtures: { [Name in keyof More]: unknown }): Test<Fixtures & More>;
  }
  export const test: Test<{ page: Page; context: BrowserContext }>;
  export const expect: (value: unknown) => { toEqual(other: unknown): void };
}
declare module 'next/link';
declare module '*/chat' {
  export const Chat: () => import('react').JSX.Element;
}
declare const defineNuxtConfig: (configuration: { vue: Partial<import('vue').AppConfig>; [name: string]: unknown }) => object;
declare module 'react' {
  export namespace JSX {
    interface Element {}
    interface IntrinsicElements extends Record<'html' | 'body' | 'nav', { lang?: string; children?: ReactNode }> {}
  }
  export type ReactNode = unknown;
  export type DetailedHTMLProps<Attributes, Element> = Attributes & { key?: string; ref?: (element: Element) => void };
  export interface HTMLAttributes<Element> { className?: string; onClick?: (event: Event) => void }
}
declare module 'react/jsx-runtime' {
  export { JSX } from 'react';
  export const jsx: unknown;
  export const jsxs: unknown;
}
`;

const stubsFile = resolve('docs-samples/stubs.d.ts');

const shared: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  // Each sample is a module of its own, also without an import.
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  paths: {
    'gc-auth-messenger': [indexFile],
    'gc-auth-messenger/csp': [cspFile],
    'gc-auth-messenger/testing': [testingFile],
    'gc-auth-messenger/testing/playwright': [playwrightFile],
    'gc-auth-messenger/define.js': [resolve('src/define.ts')],
  },
  jsx: ts.JsxEmit.ReactJSX,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
  experimentalDecorators: true,
  useDefineForClassFields: false,
};

/** Scripts of a page ask no questions of null; TypeScript is as strict as this repository. */
const optionsFor = {
  script: { ...shared, strict: false, noImplicitAny: false },
  typescript: { ...shared, strict: true, exactOptionalPropertyTypes: true, noImplicitOverride: true },
};

const fileOf = ({ file, line, language }: Sample): string =>
  resolve('docs-samples', `${file.replace(/\W+/g, '-')}-${line}.${language}`);

function programOf(kind: keyof typeof optionsFor, samples: readonly Sample[]): ts.Program {
  const options = optionsFor[kind];
  const virtual = new Map(samples.map((sample) => [fileOf(sample), sample.code]));
  virtual.set(stubsFile, stubs);
  const host = ts.createCompilerHost(options, true);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => virtual.has(name) || fileExists(name);
  host.readFile = (name) => virtual.get(name) ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = virtual.get(name);
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version, true);
  };
  return ts.createProgram(
    [...virtual.keys(), indexFile, cspFile, testingFile, playwrightFile, resolve('src/define.ts')],
    options,
    host,
  );
}

/** What is wrong with samples, and a program that also knows what `src` exports. */
export function compile(samples: readonly Sample[]): { program: ts.Program; faults: string[] } {
  const scripts = samples.filter(({ language }) => language === 'js');
  const typed = samples.filter(({ language }) => language === 'ts' || language === 'tsx');
  const loose = programOf('script', scripts);
  const program = programOf('typescript', typed);
  const faults = [
    ...scripts.flatMap((sample) => faultsOf(loose, sample)),
    ...typed.flatMap((sample) => faultsOf(program, sample)),
  ];
  return { program, faults };
}

function faultsOf(program: ts.Program, sample: Sample): string[] {
  const source = program.getSourceFile(fileOf(sample));
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return found.map(({ start, messageText }) => {
    const { line } = source!.getLineAndCharacterOfPosition(start ?? 0);
    return `${sample.file}:${sample.line + line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
