import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

/** The checkers of Vue and Svelte read templates, which the compiler of TypeScript does not. */

const attributes = `deployment-id="x" environment="prod-euw1" renew="auto" debug`;

const checkers = [
  {
    name: 'vue-tsc',
    file: 'Chat.vue',
    args: ['node_modules/vue-tsc/bin/vue-tsc.js', '-p'],
    right: `<gc-auth-messenger ${attributes} :silent-timeout="5" :metadata.prop="metadata"
      @gc-token="({ detail }) => console.log(detail.expiresAt)" /><gc-auth-inspector for="chat" open />`,
    script: (types: string) => `<script setup lang="ts">${types}</script>`,
    template: (markup: string) => `<template>${markup}</template>`,
  },
  {
    name: 'svelte-check',
    file: 'Chat.svelte',
    args: ['node_modules/svelte-check/bin/svelte-check', '--threshold', 'error', '--tsconfig'],
    right: `<gc-auth-messenger ${attributes} silent-timeout={5} metadata={metadata}
      ongc-token={({ detail }) => console.log(detail.expiresAt)}></gc-auth-messenger>
      <gc-auth-inspector for="chat" open></gc-auth-inspector>`,
    script: (types: string) => `<script lang="ts">${types}</script>`,
    template: (markup: string) => markup,
  },
] as const;

const compilerOptions = {
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2022', 'dom'],
  types: [],
  strict: true,
  noEmit: true,
};

for (const { name, file, args, right, script, template } of checkers) {
  const door = name === 'vue-tsc' ? 'vue' : 'svelte';
  const types = `import 'gc-auth-messenger/define.js'; import type {} from 'gc-auth-messenger/${door}';
    const metadata = { issuer: 'https://login.example.com' }; void metadata;`;

  const outputOf = async (folder: string, markup: string): Promise<string> => {
    const project = join('.cache', 'templates', `${door}-${folder}`);
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, file), `${script(types)}\n${template(markup)}\n`);
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: [file] }));
    const checked = promisify(execFile)(process.execPath, [...args, join(project, 'tsconfig.json')]);
    return checked.then(
      () => '',
      ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
    );
  };

  test(`${name} knows attributes, properties and events of the tag`, async () =>
    assert.equal(await outputOf('right', right), ''));

  test(`${name} refuses a wrong value`, async () =>
    assert.match(
      await outputOf(
        'wrong',
        `<gc-auth-messenger renew="always"></gc-auth-messenger><gc-auth-inspector open="maybe"></gc-auth-inspector>`,
      ),
      /always[^]*(maybe|boolean)/,
    ));
}
