import { expect } from '@open-wc/testing';
import { firstValueFrom } from 'rxjs';
import type { GcAuthError } from '../../../src/core/errors.js';
import { visitInHiddenFrame } from '../../../src/oidc/rungs/hidden-frame.js';
import { nothing, watchLeaks } from '../../support/leaks.js';
import { testEnv } from '../../support/provider.js';
import { VirtualTime } from '../../support/virtual-time.js';

const redirectUri = `${location.origin}/callback.html`;

/** A policy cannot be taken back, so each test here only narrows what the one before it left. */
function restrict(policy: string): void {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = policy;
  document.head.append(meta);
}

const refused = (url: string): Promise<GcAuthError> =>
  firstValueFrom(visitInHiddenFrame(window, { url, state: 's1', redirectUri }, 10_000, new VirtualTime())).then(
    () => expect.fail('was answered'),
    (thrown: unknown) => thrown as GcAuthError,
  );

describe('the page’s own Content-Security-Policy', () => {
  let providerOrigin: string;
  before(async function () {
    this.timeout(60_000);
    ({ providerOrigin } = await testEnv());
  });

  for (const [what, policy] of [
    ['the way back', (origin: string) => `frame-src ${origin}`],
    ['the provider', () => "frame-src 'self'"],
    ['every frame', () => "child-src 'none'"],
  ] as const) {
    it(`is named at once when it forbids ${what}`, async () => {
      restrict(policy(providerOrigin));
      const back = `${providerOrigin}/auth?${String(
        new URLSearchParams({
          client_id: 'messenger-web',
          redirect_uri: redirectUri,
          response_type: 'code',
          prompt: 'none',
          scope: 'openid',
          state: 's1',
        }),
      )}`;
      const leaks = watchLeaks();
      const error = await refused(back);
      expect(error.code).to.equal('silent-refused');
      expect(error.message)
        .to.contain('Content-Security-Policy')
        .and.to.match(/(frame|child|default)-src/);
      expect(error.hint).to.equal(`Add ${providerOrigin} and 'self' to frame-src.`);
      expect(leaks.alive()).to.deep.equal(nothing);
      leaks.end();
    });
  }
});
