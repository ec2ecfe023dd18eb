import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Demo } from '../../demo/server/demo.js';
import { startDemo } from '../../demo/server/demo.js';
import { doctor } from '../../src/cli/doctor.js';
import { Sink } from './sink.js';
import type { Check } from '../../src/core/diagnosis.js';

describe('gc-auth-messenger doctor on the demo, with a real OpenID provider', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({ quiet: true });
  });
  after(() => demo.close());

  /** The rows of a page with these attributes; `undefined` leaves one out. */
  async function checksOf(changes: Readonly<Record<string, string>> = {}): Promise<readonly Check[]> {
    const { app, genesys, provider } = demo;
    const attributes = {
      'deployment-id': genesys.deploymentId,
      environment: 'prod-euw1',
      'script-url': genesys.scriptUrl,
      authority: provider.origin,
      'client-id': provider.clientId,
      'redirect-uri': `${app.origin}/callback.html`,
      scope: 'openid profile email offline_access',
      ...changes,
    };
    const tag = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
    app.page(
      '/checked.html',
      `<script type="module" src="/dist/gc-auth-messenger.js"></script><gc-auth-messenger ${tag.join(' ')}></gc-auth-messenger>`,
    );
    const [out, err] = [new Sink(), new Sink()];
    await doctor(['--json', '--page', `${app.origin}/checked.html`], { out, err });
    assert.equal(err.text, '');
    return (JSON.parse(out.text) as { checks: Check[] }).checks;
  }

  const idsOf = (checks: readonly Check[]): string[] =>
    checks.filter(({ why }) => why !== undefined).map(({ id }) => id);

  it('finds nothing where everything is right, on the same site and on another one', async () => {
    assert.deepEqual(idsOf(await checksOf()), []);
    assert.deepEqual(idsOf(await checksOf({ authority: demo.crossSiteProvider.origin })), []);
  });

  it('sees that the redirect URI is not registered', async () => {
    const { app } = demo;
    app.page('/other-callback.html', '<script src="callback.js"></script>', {
      'Cache-Control': 'max-age=3600',
      'No-Vary-Search': 'params',
    });
    assert.deepEqual(idsOf(await checksOf({ 'redirect-uri': `${app.origin}/other-callback.html` })), [
      'authorize-redirect-uri',
    ]);
  });

  it('sees that the client is unknown', async () => {
    assert.deepEqual(idsOf(await checksOf({ 'client-id': 'somebody-else' })), ['authorize-client']);
  });

  it('sees that there is no such deployment', async () => {
    const unknown = '11111111-2222-4333-8444-555555555555';
    assert.deepEqual(idsOf(await checksOf({ 'deployment-id': unknown })), ['deployment-missing']);
  });
});
