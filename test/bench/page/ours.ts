import type { Observable } from 'rxjs';
import type { OidcConfig } from '../../../src/core/config.js';
import { createCodePort } from '../../../src/oidc/code-port.js';
import { oidcConfig } from '../../support/oidc-config.js';
import { page, type Contestant, type Setup } from './contestant.js';

const configOf = ({ authority, clientId }: Setup, responseMode: OidcConfig['responseMode']): OidcConfig =>
  oidcConfig({ authority, clientId, redirectUri: page('callback.html'), metadata: undefined, responseMode });

const finished = <T>(work: Observable<T>): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    let last: T | undefined;
    work.subscribe({ next: (value) => (last = value), error: reject, complete: () => resolve(last) });
  });

/** The silent rung as the element uses it, with every check of its answer. */
export function ours(setup: Setup, responseMode: OidcConfig['responseMode'] = 'auto'): Contestant {
  const port = createCodePort(configOf(setup, responseMode), window);
  return { prepare: () => finished(port.warm()), ask: () => finished(port.silent()) };
}
