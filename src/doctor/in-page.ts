import type { PageAddress, RawConfig } from '../core/config.js';
import type { Diagnosis } from '../core/diagnosis.js';
import { examine } from './doctor.js';
import { gather } from './gather.js';
import { lookFrom } from './page/look.js';
import { otherPage } from './page/other-page.js';
import { pageFacts } from './page/page-facts.js';
import { readHtml } from './page/read-html.js';

/** The element that is looked at. */
export interface Patient {
  /** Values of attributes and properties. */
  readonly raw: RawConfig;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of the page that it is on: this one, or one that is being set up. */
  readonly address: PageAddress;
}

/** Looks at everything that a script of the page can see. Never rejects. */
export async function diagnose({ raw, attributes, address }: Patient, win: Window): Promise<Diagnosis> {
  const look = lookFrom(win);
  const isThisPage = address.href === win.location.href;
  const seen = isThisPage ? { page: await pageFacts(win), look } : await otherPage(address.href, win, look);
  return examine(await gather({ raw, attributes, address, readMarkup: readHtml, ...seen }));
}
