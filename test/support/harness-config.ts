import { expect } from '@open-wc/testing';
import { readConfig } from '../../src/core/read-config.js';
import type { Config, PageAddress, RawConfig } from '../../src/core/config.js';
import { GcAuthError } from '../../src/core/errors.js';
import { pageAddress } from '../../src/page/address.js';
import { deploymentId } from './fixtures.js';

/** A page; `origin` where it does not follow from the address. */
export const pageAt = (href: string, origin = new URL(href).origin): PageAddress =>
  // Not with a real window: these tests run without one, too.
  pageAddress({ location: { href, origin: href.startsWith('about:') ? 'null' : origin }, origin } as Window);

const page = pageAt('https://www.example.com/shop/account?tab=1&code=x#top');

export const minimalConfig: RawConfig = {
  deploymentId,
  environment: 'prod-euw1',
  authority: 'https://login.example.com',
  clientId: 'messenger-web',
};

export const readWith = (changes: RawConfig = {}, at = page): Config =>
  readConfig({ ...minimalConfig, ...changes }, at);

export function configError(changes: RawConfig, at = page): GcAuthError {
  try {
    readWith(changes, at);
  } catch (thrown) {
    expect(thrown).to.be.instanceOf(GcAuthError);
    return thrown as GcAuthError;
  }
  throw new Error(`Accepted: ${JSON.stringify(changes)}`);
}
