import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startDemo, type Demo } from '../../demo/server/demo.js';
import { GenesysClient, type TestSocket } from './genesys-client.js';
import { signIn, type SignedIn } from './sign-in.js';

let demo: Demo;
let alice: SignedIn;
let genesys: GenesysClient;

before(async () => {
  demo = await startDemo({ quiet: true });
  alice = await signIn(demo);
});

after(() => demo.close());

beforeEach(() => {
  genesys = new GenesysClient(demo, randomUUID());
  set({});
});

const set = (server: Parameters<Demo['genesys']['control']['set']>[1]['server'] & object) =>
  demo.genesys.control.set(genesys.deploymentId, { server });
const inspect = () => demo.genesys.control.inspect(genesys.deploymentId);
const runAction = (action: Parameters<Demo['genesys']['control']['act']>[1]) =>
  demo.genesys.control.act(genesys.deploymentId, action);

async function signedInSocket(token?: string): Promise<{ socket: TestSocket; jwt: string }> {
  const { jwt } = await genesys.tokensFor(await alice.code());
  const socket = await genesys.connect(token);
  const frame = await socket.configure(jwt);
  assert.equal(frame.class, 'SessionResponse');
  return { socket, jwt };
}

describe('a signed-in session', () => {
  it('is created with a valid JWT, and continued by later connections', async () => {
    const { jwt } = await genesys.tokensFor(await alice.code());
    const first = await (await genesys.connect()).configure(jwt);
    assert.equal(first.code, 200);
    assert.equal(first.body['connected'], true);
    assert.equal(first.body['newSession'], true);
    assert.ok(Number(first.body['expirationDate']) < Date.now());
    assert.ok(first.tracingId);
    const again = await (await genesys.connect()).configure(jwt);
    assert.equal(again.body['newSession'], false);
    const startedNew = await (await genesys.connect()).configure(jwt, { startNew: true });
    assert.equal(startedNew.body['newSession'], true);
  });

  it('is refused with an expired JWT, with the texts that clients compare', async () => {
    set({ jwtSeconds: 0 });
    const { jwt } = await genesys.tokensFor(await alice.code());
    const socket = await genesys.connect();
    const refused = await socket.configure(jwt);
    assert.deepEqual([refused.class, refused.code], ['string', 401]);
    set({ configureRefusal: 403 });
    const other = await socket.configure(jwt);
    assert.equal(other.code, 403);
    assert.match(other.body, /^Session authentication failed/);
    const unknown = await socket.configure('made-up');
    assert.match(unknown.body, /^Try to authenticate again/);
    const { configures, configuresRefused } = inspect().counters;
    assert.deepEqual([configures, configuresRefused], [3, 3]);
  });

  it('is refused after expire-jwts, while open sockets still work', async () => {
    const { socket, jwt } = await signedInSocket();
    runAction('expire-jwts');
    assert.equal((await (await genesys.connect()).configure(jwt)).code, 401);
    socket.say('Hello');
    assert.equal((await socket.nextText()).body['text'], 'Hello');
  });

  it('needs a session token and a deployment with authentication', async () => {
    const socket = await genesys.connect();
    socket.send({ action: 'configureAuthenticatedSession', token: undefined, data: { code: 'x' } });
    assert.equal((await socket.nextResponse()).code, 4020);
    set({ authEnabled: false });
    assert.equal((await socket.configure('x')).code, 403);
    assert.equal((await socket.configureAsGuest()).class, 'SessionResponse');
  });
});

describe('messages', () => {
  it('are confirmed with their metadata, and get a reply with the person’s name', async () => {
    const { socket } = await signedInSocket();
    socket.send({
      action: 'onMessage',
      tracingId: 'trace-1',
      message: { type: 'Text', text: 'Where is my order?', metadata: { customMessageId: 'c-1' } },
    });
    const echo = await socket.nextText();
    assert.deepEqual([echo.type, echo.tracingId, echo.body['direction']], ['message', 'trace-1', 'Inbound']);
    assert.deepEqual(echo.body['metadata'], { customMessageId: 'c-1' });
    const answer = await socket.nextText();
    assert.equal(answer.body['direction'], 'Outbound');
    assert.match(String(answer.body['text']), /^Hello Alice! You said: Where is my order\?\nYour parcel/);
  });

  it('are sent to every socket of the person', async () => {
    const [first, second] = [await signedInSocket(), await signedInSocket()];
    first.socket.say('Both');
    assert.equal((await second.socket.nextText()).body['text'], 'Both');
  });

  it('are stored once when a client repeats them', async () => {
    const { socket } = await signedInSocket();
    socket.say('Once', { metadata: { customMessageId: 'c-2' } });
    const first = await socket.nextText();
    socket.say('Once', { metadata: { customMessageId: 'c-2' } });
    assert.equal((await socket.nextText()).body['id'], first.body['id']);
    assert.equal(inspect().counters.messages, 1);
  });

  it('begin with a greeting after Join, and are listed newest first with the JWT of getJwt', async () => {
    const { socket, jwt } = await signedInSocket();
    socket.presence('Join');
    assert.match(String((await socket.nextText()).body['text']), /^Hello Alice!/);
    socket.say('One');
    await socket.nextText();
    await socket.nextText();
    socket.send({ action: 'getJwt' });
    const { class: name, body } = await socket.nextResponse();
    assert.equal(name, 'JwtResponse');
    assert.ok(Number(body['exp']) <= Date.now() / 1000 + 60);
    const { status, body: page } = await genesys.messages(String(body['jwt']), '?pageNumber=2&pageSize=1');
    assert.equal(status, 200);
    const { entities, ...rest } = page as { entities: { text: string }[] };
    assert.deepEqual(rest, { pageSize: 1, pageNumber: 2, total: 3, pageCount: 3 });
    assert.deepEqual(
      entities.map(({ text }) => text),
      ['One'],
    );
    assert.equal((await genesys.messages(jwt)).status, 401);
    assert.equal((await genesys.messages(String(body['jwt']), '?pageNumber=0')).status, 400);
  });

  it('are refused before the session is configured, when too long, and when too many', async () => {
    const raw = await genesys.connect();
    raw.say('Early');
    assert.equal((await raw.nextResponse()).code, 4007);
    const { socket } = await signedInSocket();
    socket.say('x'.repeat(4097));
    assert.equal((await socket.nextResponse()).code, 4011);
    socket.say('x', { channel: { metadata: { customAttributes: { long: 'x'.repeat(2048) } } } });
    assert.equal((await socket.nextResponse()).code, 4013);
    for (let i = 0; i < 6; i++) socket.say(String(i));
    const limited = await socket.nextOf('TooManyRequestsErrorMessage');
    assert.deepEqual([limited.code, limited.body['errorCode']], [429, 4029]);
    demo.genesys.control.set(genesys.deploymentId, { rateLimits: false });
    for (let i = 0; i < 8; i++) socket.say(`more ${String(i)}`);
    await socket.next(({ body }) => body['text'] === 'more 7');
  });

  it('are cleared on all connections', async () => {
    const { socket } = await signedInSocket();
    const { socket: other, jwt } = await signedInSocket();
    socket.presence('Clear');
    await socket.nextOf('SessionClearedEvent');
    await other.nextOf('SessionClearedEvent');
    assert.deepEqual((await other.nextOf('ConnectionClosedEvent')).body, {});
    await other.closed;
    assert.equal((await socket.configure(jwt)).body['newSession'], true);
  });
});

describe('a guest', () => {
  it('is refused without allowSessionUpgrade', async () => {
    const socket = await genesys.connect();
    assert.equal((await socket.configureAsGuest()).code, 403);
    set({ allowSessionUpgrade: true });
    assert.equal((await socket.configureAsGuest()).body['newSession'], true);
    const again = await genesys.connect(socket.token);
    assert.equal((await again.configureAsGuest()).body['newSession'], false);
  });

  it('steps up on the same socket with the same conversation; other devices are disconnected', async () => {
    set({ allowSessionUpgrade: true });
    const { socket: device } = await signedInSocket();
    const guest = await genesys.connect();
    await guest.configureAsGuest();
    guest.say('Who am I?');
    assert.match(String((await guest.nextText(), await guest.nextText()).body['text']), /^Hello! You said/);
    const { jwt } = await genesys.tokensFor(await alice.code());
    guest.send({ action: 'configureAuthenticatedSession', data: { code: jwt } });
    const presence = await guest.nextOf('StructuredMessage');
    assert.deepEqual(presence.body['events'], [{ eventType: 'Presence', presence: { type: 'SignIn' } }]);
    assert.deepEqual((presence.body['channel'] as { from: unknown }).from, { firstName: 'Alice', lastName: 'Martin' });
    const session = await guest.nextResponse();
    assert.deepEqual([session.body['newSession'], session.body['clearedExistingSession']], [false, true]);
    assert.deepEqual((await device.nextOf('ConnectionClosedEvent')).body, { reason: 'signedIn' });
    await device.closed;
    guest.send({ action: 'getJwt' });
    const { body } = await guest.nextResponse();
    assert.equal((await genesys.messages(String(body['jwt']))).body['total'], 3);
  });

  it('stays a guest when the step-up fails', async () => {
    set({ allowSessionUpgrade: true });
    const guest = await genesys.connect();
    await guest.configureAsGuest();
    assert.equal((await guest.configure('made-up')).code, 401);
    guest.say('Still here');
    assert.equal((await guest.nextText()).body['text'], 'Still here');
  });

  it('cannot use the session token of a signed-in person', async () => {
    set({ allowSessionUpgrade: true });
    const { socket } = await signedInSocket();
    const guest = await genesys.connect(socket.token);
    assert.equal((await guest.configureAsGuest()).code, 4017);
  });
});

describe('a connection', () => {
  it('answers a health check, and refuses unknown actions', async () => {
    const { socket } = await signedInSocket();
    socket.send({ action: 'echo', tracingId: 'ping-1', message: { type: 'Text', text: 'ping' } });
    const pong = await socket.nextText();
    assert.deepEqual([pong.tracingId, pong.body['text']], ['ping-1', 'ping']);
    socket.send({ action: 'onAttachment' });
    assert.equal((await socket.nextResponse()).code, 400);
    socket.send({ action: 7 });
    assert.equal((await socket.nextResponse()).code, 400);
  });

  it('is closed when three newer ones exist', async () => {
    const { socket: oldest, jwt } = await signedInSocket();
    for (let i = 0; i < 3; i++) await (await genesys.connect()).configure(jwt);
    assert.deepEqual((await oldest.nextOf('ConnectionClosedEvent')).body, {});
    await oldest.closed;
    assert.equal(inspect().counters.socketsOpened, 4);
  });

  it('closes all connections of the session with closeAllConnections', async () => {
    const { socket } = await signedInSocket();
    const { socket: other } = await signedInSocket();
    socket.send({ action: 'closeSession', closeAllConnections: true });
    assert.equal(await other.closed, 1000);
    assert.equal(await socket.closed, 1000);
  });

  it('is closed after socketSeconds, also when the switch changes', async () => {
    const { socket } = await signedInSocket();
    set({ socketSeconds: 0 });
    assert.equal(await socket.closed, 1001);
  });

  it('is cut without a close frame by cut-sockets', async () => {
    const { socket } = await signedInSocket();
    runAction('cut-sockets');
    assert.equal(await socket.closed, 1006);
  });

  it('gets LogoutEvent after a sign-out on another device', async () => {
    const { socket } = await signedInSocket();
    runAction('logout-event');
    assert.deepEqual((await socket.nextOf('LogoutEvent')).body, {});
  });

  it('keeps the order of frames when the latency changes', async () => {
    const { socket } = await signedInSocket();
    set({ latencyMs: 20 });
    socket.send({ action: 'echo', tracingId: '1', message: {} });
    await new Promise(setImmediate);
    set({ latencyMs: 0 });
    socket.send({ action: 'echo', tracingId: '2', message: {} });
    assert.deepEqual([(await socket.nextText()).tracingId, (await socket.nextText()).tracingId], ['1', '2']);
  });

  it('is refused for unknown and inactive deployments', async () => {
    set({ status: 'Inactive' });
    await assert.rejects(genesys.connect(), /403/);
    await assert.rejects(new GenesysClient(demo, randomUUID()).connect(), /403/);
  });
});
