import assert from 'node:assert/strict';
import type { ProviderSwitches } from '../../demo/server/provider/switches.js';
import type { Attempt } from '../../src/core/errors.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

/** The error that the element reports, as JSON. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly trace: readonly Attempt[];
}

/** One way in which a silent attempt fails. */
export interface SilentFailure {
  readonly what: string;
  readonly code: string;
  /** Longest duration of the silent attempt, in milliseconds. */
  readonly within: number;
  /** Part of the expected hint. */
  readonly hint?: (site: TestSite) => string;
  /** The attempt is also reported by `gc-error`. */
  readonly reported?: true;
  readonly switches?: Partial<ProviderSwitches>;
  readonly options?: TestSiteOptions;
  readonly prepare?: (site: TestSite) => Promise<void> | void;
}

/**
 * Limit of an attempt that fails by what the frame shows, and not by `silent-timeout`, which is 10 s. On an idle machine
 * such attempts take less than 2 s.
 */
export const evidenceMs = 9_000;

/** Opens the page for a person who is signed in at the provider, with the failure. */
export async function openWithFailure(
  { what, options, prepare, switches = {} }: SilentFailure,
  after: (close: () => Promise<void>) => void,
): Promise<ShopPage> {
  const site = await TestSite.open(`silent-${what.replace(/\W+/g, '-')}`, options);
  after(() => site.close());
  await site.signInAtProvider();
  await prepare?.(site);
  site.demo.provider.control.set(switches);
  return site.openPage();
}

export async function discoveryDocument({ demo }: TestSite): Promise<Record<string, string>> {
  const response = await fetch(`${demo.provider.origin}/.well-known/openid-configuration`);
  return (await response.json()) as Record<string, string>;
}

/** Checks code, hint, and a trace with rung, verdict and duration of each attempt. */
export function checkErrorReport({ code, within, hint }: SilentFailure, { site }: ShopPage, report: ErrorReport): void {
  assert.equal(report.code, code);
  assert.ok(report.hint.includes(hint?.(site) ?? ''), report.hint);
  assert.ok(report.trace.length > 0, 'the trace has the attempt');
  for (const { rung, verdict, ms } of report.trace) {
    assert.deepEqual([rung, verdict], ['silent', code]);
    assert.ok(ms < within, `${ms} ms`);
  }
}
