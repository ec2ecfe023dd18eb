import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromiumArgs, freshProfile, provideChromium } from '../../scripts/engines/chromium.mjs';
import type { Asked, Bench } from './page/contestant.js';
import { evaluate, readCounters, startCounters } from './devtools.js';
import { clientId } from './site/provider.js';
import type { Certificate } from './site/certificate.js';
import type { Site } from './site/site.js';

declare global {
  interface Window {
    bench: Bench;
  }
}

/** What one ask came to, and what it took. */
export interface Measured extends Asked {
  /** For how long the page's main thread ran, in milliseconds; frames of the same site run there too. */
  readonly mainThreadMs: number;
}

/** A page with every contestant on it, in a browser that has seen nothing yet. */
export interface BenchPage {
  readonly version: string;
  prepare(name: string): Promise<void>;
  ask(name: string, as?: string, capMs?: number): Promise<Measured>;
  wait(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface BenchPageOptions {
  readonly certificate: Certificate;
  readonly signedIn: boolean;
}

export async function openBenchPage(site: Site, { certificate, signedIn }: BenchPageOptions): Promise<BenchPage> {
  const context = await chromium.launchPersistentContext(newProfile(), {
    executablePath: provideChromium(),
    args: [
      ...chromiumArgs,
      `--ignore-certificate-errors-spki-list=${certificate.publicKeyHash}`,
      '--host-resolver-rules=MAP *.test 127.0.0.1',
    ],
  });
  if (signedIn) {
    const cookies = await site.signIn();
    const attributes = { url: site.authority, httpOnly: true, secure: true, sameSite: 'None' } as const;
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, ...attributes })));
  }
  const page: Page = context.pages()[0] ?? (await context.newPage());
  await page.goto(site.appOrigin);
  const devtools = await context.newCDPSession(page);
  await startCounters(devtools);
  const setup = { authority: site.authority, clientId };
  return {
    version: context.browser()?.version() ?? 'unknown',
    prepare: (name) => page.evaluate(([of, as]) => window.bench.prepare(of, as), [name, setup] as const),
    async ask(name, as = clientId, capMs) {
      const { tasks: before } = await readCounters(devtools);
      const call = [name, { ...setup, clientId: as }, capMs].map((argument) => JSON.stringify(argument)).join();
      const asked = await evaluate<Asked>(devtools, `bench.ask(${call})`);
      const { tasks: after } = await readCounters(devtools);
      return { ...asked, mainThreadMs: after - before };
    },
    wait: (ms) => page.waitForTimeout(ms),
    close: () => context.close(),
  };
}

let template: string | undefined;

/** Within a folder that is removed at the end. */
function newProfile(): string {
  template ??= freshProfile('allow');
  const profile = mkdtempSync(join(template, 'browser-'));
  cpSync(join(template, 'Default'), join(profile, 'Default'), { recursive: true });
  return profile;
}
