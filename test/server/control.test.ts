import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startDemo, type Demo } from '../../demo/server/demo.js';
import { browserDefaults, serverDefaults } from '../../src/testing/switches.js';
import { GenesysClient } from './genesys-client.js';
import { signIn } from './sign-in.js';

let demo: Demo;

before(async () => {
  demo = await startDemo({ quiet: true, defaults: { jwtSeconds: 30 }, browserDefaults: { autoRefresh: true } });
});

after(() => demo.close());

async function call(path: string, method = 'GET', body?: unknown) {
  const answer = await fetch(`${demo.genesys.origin}${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const control = (id: string) => `/control/deployments/${id}`;

describe('the control API of a deployment', () => {
  it('starts with the defaults of the run', async () => {
    const { status, body } = await call(control(demo.genesys.deploymentId));
    assert.equal(status, 200);
    assert.deepEqual(body['switches'], { ...serverDefaults, jwtSeconds: 30 });
    assert.deepEqual(body['browserSwitches'], { ...browserDefaults, autoRefresh: true });
    assert.equal((body['counters'] as Record<string, unknown>)['exchanges'], 0);
    assert.deepEqual(body['log'], []);
  });

  it('creates a deployment with the first change, and applies changes to its configuration', async () => {
    const id = randomUUID();
    assert.equal((await call(control(id))).status, 404);
    assert.equal((await call(`/webdeployments/v1/deployments/${id}/config.json`)).status, 404);
    const server = { headless: true, allowSessionUpgrade: true, allowedDomains: ['example.com'] };
    assert.equal((await call(control(id), 'PATCH', { server, browser: { forceUpdate: false } })).status, 200);
    const { body: config } = await call(`/webdeployments/v1/deployments/${id}/config.json`);
    assert.deepEqual(config['auth'], { enabled: true, allowSessionUpgrade: true });
    assert.deepEqual(config['headlessMode'], { enabled: true });
    assert.deepEqual(config['standIn'], { ...browserDefaults, autoRefresh: true, forceUpdate: false });
    assert.equal(config['apiEndpoint'], demo.genesys.origin);
    const { body: domains } = await call(`/webdeployments/v1/deployments/${id}/domains.json`);
    assert.deepEqual(domains, { allowAllDomains: false, allowedDomains: ['example.com'] });
    demo.genesys.control.set(id, { server: { configMissing: true } });
    assert.equal((await call(`/webdeployments/v1/deployments/${id}/config.json`)).status, 404);
  });

  const invalidPatches: [patch: unknown, reason: RegExp][] = [
    [{ sever: {} }, /no switch "sever"/],
    [{ server: { jwtSecond: 1 } }, /no switch "jwtSecond".*jwtSeconds/],
    [{ server: { jwtSeconds: '1' } }, /"jwtSeconds" is "1"; wanted: a number/],
    [{ server: { jwtSeconds: -1 } }, /a number, 0 or more/],
    [{ server: { failExchange: 418 } }, /wanted: 0, 401, 403/],
    [{ server: { allowedDomains: 'example.com' } }, /a list of text, or null/],
    [{ server: [] }, /an object/],
    [{ browser: { reAuthenticateResolve: 'maybe' } }, /"honoured", "ignored-once"/],
    [{ browser: { hangingCommands: [1] } }, /a list of text/],
    [{ integration: { issuer: 'mine' } }, /same-site/],
    ['{', /not JSON/],
    ['[]', /not a JSON object/],
  ];
  for (const [patch, reason] of invalidPatches) {
    it(`refuses ${JSON.stringify(patch)} with a message`, async () => {
      const before = demo.genesys.control.inspect(demo.genesys.deploymentId);
      const { status, body } = await call(control(demo.genesys.deploymentId), 'PATCH', patch);
      assert.equal(status, 400);
      assert.match(String(body['message']), reason);
      assert.deepEqual(demo.genesys.control.inspect(demo.genesys.deploymentId), before);
    });
  }

  it('refuses unknown actions, methods and paths, and invalid IDs', async () => {
    const { deploymentId } = demo.genesys;
    assert.equal((await call(`${control(deploymentId)}/actions/explode`, 'POST')).status, 400);
    assert.equal((await call(`${control(deploymentId)}/actions/reset`, 'GET')).status, 405);
    assert.equal((await call(`${control(randomUUID())}/actions/reset`, 'POST')).status, 404);
    assert.equal((await call(control('mine'), 'PATCH', {})).status, 400);
    assert.equal((await call('/control/elsewhere')).status, 404);
  });

  it('resets switches, counters, tokens and conversations', async () => {
    const id = randomUUID();
    demo.genesys.control.set(id, { server: { jwtSeconds: 5 } });
    const genesys = new GenesysClient(demo, id);
    const alice = await signIn(demo);
    const code = await alice.code();
    const { jwt, refreshToken } = await genesys.tokensFor(code);
    const socket = await genesys.connect();
    await socket.configure(jwt);
    const { status, body } = await call(`${control(id)}/actions/reset`, 'POST');
    assert.equal(status, 200);
    assert.equal((body['switches'] as Record<string, unknown>)['jwtSeconds'], 30);
    assert.equal((body['counters'] as Record<string, unknown>)['configures'], 0);
    await socket.closed;
    assert.equal((await genesys.refresh(refreshToken)).status, 401);
    const again = await genesys.connect();
    assert.equal((await again.configure((await genesys.tokensFor(await alice.code())).jwt)).body['newSession'], true);
  });
});
