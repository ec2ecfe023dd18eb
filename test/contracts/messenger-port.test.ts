import { expect } from '@open-wc/testing';
import { asyncScheduler, filter, firstValueFrom, lastValueFrom, map, take, takeUntil, timer, toArray } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { GenesysConfig } from '../../src/core/config.js';
import { GcAuthError } from '../../src/core/errors.js';
import type { PluginCall, MessengerFact } from '../../src/core/messenger.js';
import { messengerEvents } from '../../src/genesys/messenger-events.js';
import { createMessengerPort } from '../../src/genesys/messenger-port.js';
import { createCodePort } from '../../src/oidc/code-port.js';
import type { MessengerPort } from '../../src/session/ports.js';
import type { BrowserSwitches, ServerSwitches } from '../../src/testing/switches.js';
import { FakeMessengerPort } from '../support/fake-messenger-port.js';
import { oidcConfig } from '../support/oidc-config.js';
import { signInAtProvider, testEnv } from '../support/provider.js';
import type { TestEnv } from '../support/provider.js';
import { until } from '../support/until.js';

/** One port, and control over its Messenger. */
interface Harness {
  readonly port: MessengerPort;
  /** Messenger loads and calls `getAuthCode`. */
  load(): void;
  /** Gives an answer that Messenger accepts; it then publishes `authenticated`. */
  signIn(call: PluginCall): Promise<void>;
  /** Settles the latest command. */
  settle(how: 'resolve' | 'reject'): void;
  /** Messenger's launcher is visible. */
  visible(): boolean;
  end(): void;
}

interface Switches {
  server?: Partial<ServerSwitches>;
  browser?: Partial<BrowserSwitches>;
}

const grant = { authCode: 'never-issued', redirectUri: `${location.origin}/callback.html` };

function fake(): Promise<Harness> {
  const port = new FakeMessengerPort();
  return Promise.resolve({
    port,
    load: () => {
      port.emit({ type: 'loaded', allowSessionUpgrade: false }, { type: 'auth-ready', authenticated: false });
      port.call();
    },
    signIn: async ({ id }) => {
      port.answer(id, { grant });
      const token = { jwt: 'a.b.c', claims: { sub: 'alice' } };
      port.emit({ type: 'authenticating' }, { type: 'authenticated', token });
    },
    visible: () => !port.hidden,
    settle: (how) => port.commands.at(-1)![how](),
    end: () => undefined,
  });
}

/** Timers that take a quarter of their time; fast enough for a test, with room for a busy machine. */
const faster: SchedulerLike = {
  now: () => asyncScheduler.now(),
  schedule: (work: Parameters<SchedulerLike['schedule']>[0], delay = 0, state?: unknown) =>
    asyncScheduler.schedule(work, delay / 4, state),
};

/** Addresses of the Genesys stand-in. */
interface Parts extends TestEnv {
  readonly genesysOrigin: string;
  readonly scriptUrl: string;
}

interface RealHarness extends Harness {
  readonly win: Window;
  readonly config: GenesysConfig;
}

/** The real port in a window of its own, with a deployment of its own at the Genesys stand-in. */
async function real({ server = {}, browser = {} }: Switches = {}): Promise<RealHarness> {
  const { genesysOrigin, scriptUrl, providerOrigin, clientId } = (await testEnv()) as Parts;
  const deploymentId = crypto.randomUUID();
  await fetch(`${genesysOrigin}/control/deployments/${deploymentId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ server, browser }),
  });
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const win = frame.contentWindow!;
  const config: GenesysConfig = {
    deploymentId,
    environment: 'prod',
    scriptUrl,
    configOrigin: genesysOrigin,
    debug: false,
    messengerEvents: [],
    nonce: undefined,
  };
  const port = createMessengerPort(config, win, { scheduler: faster });
  const codes = createCodePort(oidcConfig({ authority: providerOrigin, clientId, metadata: undefined }), window);
  return {
    port,
    win,
    config,
    load: () => undefined,
    signIn: async ({ id }) => {
      await signInAtProvider(providerOrigin);
      port.answer(id, { grant: await firstValueFrom(codes.silent()) });
    },
    visible: () => win.document.querySelector('#genesys-messenger')!.checkVisibility({ visibilityProperty: true }),
    settle: () => undefined,
    end: () => frame.remove(),
  };
}

const isCall = (fact: MessengerFact): fact is Extract<MessengerFact, { type: 'plugin-called' }> =>
  fact.type === 'plugin-called';

const nextCall = (port: MessengerPort): Promise<PluginCall> =>
  firstValueFrom(
    port.connect().pipe(
      filter(isCall),
      map(({ call }) => call),
    ),
  );

/** The facts up to the first of type `last`, without plain events. */
const factsUntil = (port: MessengerPort, last: MessengerFact['type']): Promise<MessengerFact[]> =>
  new Promise((resolve, reject) => {
    const facts: MessengerFact[] = [];
    const subscription = port
      .connect()
      .pipe(filter(({ type }) => type !== 'event'))
      .subscribe({
        next: (fact) => {
          facts.push(fact);
          if (fact.type !== last) return;
          resolve(facts);
          queueMicrotask(() => subscription.unsubscribe());
        },
        error: reject,
      });
  });

const typesOf = (facts: MessengerFact[]): MessengerFact['type'][] => facts.map(({ type }) => type);

/** The error of a Messenger that does not load. */
const loadFailure = async (port: MessengerPort): Promise<GcAuthError> => {
  try {
    await lastValueFrom(port.connect());
  } catch (thrown) {
    return thrown as GcAuthError;
  }
  throw new Error('completed');
};

function contract(name: string, create: () => Promise<Harness>): void {
  describe(`MessengerPort: ${name}`, () => {
    let harness: Harness;
    let port: MessengerPort;

    beforeEach(async () => {
      harness = await create();
      port = harness.port;
    });

    afterEach(() => harness.end());

    it('emits loaded, auth-ready and the plugin call, in this order', async () => {
      const facts = factsUntil(port, 'plugin-called');
      harness.load();
      expect(typesOf(await facts)).to.eql(['loaded', 'auth-ready', 'plugin-called']);
      expect((await facts)[0]).to.include({ type: 'loaded', allowSessionUpgrade: false });
      expect((await facts)[1]).to.eql({ type: 'auth-ready', authenticated: false });
    });

    it('first emits to a late subscriber the facts that hold', async () => {
      const first = nextCall(port);
      harness.load();
      const call = await first;
      const late = await factsUntil(port, 'plugin-called');
      expect(typesOf(late)).to.eql(['loaded', 'auth-ready', 'plugin-called']);
      expect(late.at(-1)).to.eql({ type: 'plugin-called', call });
    });

    it('emits the JWT, also to a late subscriber', async () => {
      const first = nextCall(port);
      harness.load();
      const call = await first;
      const facts = factsUntil(port, 'authenticated');
      await harness.signIn(call);
      expect(typesOf(await facts).slice(-2)).to.eql(['authenticating', 'authenticated']);
      const late = await factsUntil(port, 'authenticated');
      const fact = late.at(-1);
      expect(typesOf(late)).to.eql(['loaded', 'auth-ready', 'authenticated']);
      expect(fact?.type === 'authenticated' && fact.token.claims).to.include({ sub: 'alice' });
    });

    it('settles a plugin call once', async () => {
      const first = nextCall(port);
      harness.load();
      const { id } = await first;
      port.answer(id, { error: new GcAuthError('login-required') });
      port.answer(id, { grant });
      const stillOpen = port.connect().pipe(filter(isCall), take(1), takeUntil(timer(0)), toArray());
      expect((await lastValueFrom(stillOpen)).map(({ call }) => call.id)).not.to.include(id);
    });

    it('emits nothing after unsubscribe, and continues for the others', async () => {
      const facts: MessengerFact[] = [];
      const left = port.connect().subscribe((fact) => facts.push(fact));
      left.unsubscribe();
      const before = facts.length;
      const other = nextCall(port);
      harness.load();
      await other;
      expect(facts).to.have.length(before);
    });

    it('sends a command on subscribe, emits once and completes', async () => {
      const up = nextCall(port);
      harness.load();
      await up;
      const done = lastValueFrom(port.command('Database.set', { messaging: {} }).pipe(toArray()));
      harness.settle('resolve');
      expect(await done).to.have.length(1);
    });

    it('errors with what Messenger rejects a command with', async () => {
      const up = nextCall(port);
      harness.load();
      await up;
      const outcome = lastValueFrom(port.command('Messenger.close')).then(
        () => 'resolved',
        () => 'rejected',
      );
      harness.settle('reject');
      expect(await outcome).to.equal('rejected');
    });

    it('hides and shows Messenger repeatedly, also before it is loaded', async () => {
      for (const hidden of [true, true, false, false, true]) port.setHidden(hidden);
      const up = nextCall(port);
      harness.load();
      await up;
      expect(harness.visible()).to.equal(false);
      port.setHidden(false);
      expect(harness.visible()).to.equal(true);
    });

    it('publishes ready and events', async () => {
      const up = nextCall(port);
      harness.load();
      await up;
      port.publishReady();
      port.publish('signInFailed', {});
    });
  });
}

contract('the fake', fake);
contract('the real one with the stand-in', () => real());

describe('MessengerPort: the real one with the stand-in', () => {
  let harness: RealHarness | undefined;
  const given = async (switches: Switches): Promise<RealHarness> => (harness = await real(switches));

  afterEach(() => harness?.end());

  it('changes nothing in the window before subscribe', async () => {
    const { win } = await given({});
    expect(win.document.scripts).to.have.length(0);
    expect(win).not.to.have.property('Genesys');
  });

  it('emits auth-error with the status when a code is refused', async () => {
    const { port } = await given({});
    const { id } = await nextCall(port);
    const facts = factsUntil(port, 'auth-error');
    port.answer(id, { grant });
    const failed = (await facts).at(-1);
    expect(typesOf(await facts)).to.include('authenticating');
    expect(failed?.type === 'auth-error' && failed.failure).to.include({ status: 401 });
  });

  it('removes secrets from plain events', async () => {
    const { port, signIn } = await given({});
    const events: unknown[] = [];
    const watching = port.connect().subscribe((fact) => {
      if (fact.type === 'event') events.push(fact);
    });
    await signIn(await nextCall(port));
    const facts = await factsUntil(port, 'authenticated');
    watching.unsubscribe();
    const token = facts.at(-1);
    const shown = JSON.stringify(events);
    expect(shown).to.contain('Auth.authenticated').and.contain('Auth.authenticating');
    expect(token?.type === 'authenticated' && token.token.jwt).to.be.a('string');
    for (const part of token?.type === 'authenticated' ? token.token.jwt.split('.') : []) {
      expect(shown).not.to.contain(part);
    }
  });

  it('emits every event of the plugins that the stand-in lacks', async () => {
    const { port, win, config } = await given({});
    const events: string[] = [];
    const watching = port.connect().subscribe((fact) => {
      if (fact.type === 'event') events.push(fact.name);
    });
    await nextCall(port);
    const { Genesys } = win as unknown as { Genesys: (...call: unknown[]) => void };
    const lacking = [
      'CobrowseService',
      'CobrowseVoice',
      'Engage',
      'Journey',
      'Knowledge',
      'KnowledgeService',
      'Toaster',
    ];
    const names = messengerEvents.filter((name) => lacking.includes(name.split('.')[0]!));
    for (const plugin of lacking) {
      Genesys('registerPlugin', plugin, ({ publish }: { publish: (event: string) => void }) => {
        for (const name of names) if (name.startsWith(`${plugin}.`)) publish(name.slice(plugin.length + 1));
      });
    }
    await until(() => events.includes(names.at(-1)!), 'the last one is published');
    watching.unsubscribe();
    expect(config.messengerEvents).to.eql([]);
    expect(events.filter((name) => names.includes(name)).sort()).to.eql([...names].sort());
  });

  it('reports that the deployment allows to step up', async () => {
    const { port } = await given({ server: { allowSessionUpgrade: true } });
    expect((await factsUntil(port, 'loaded'))[0]).to.include({ type: 'loaded', allowSessionUpgrade: true });
  });

  const faults: Array<[code: string, switches: Switches]> = [
    ['domain-not-allowed', { server: { allowedDomains: ['other.example'] } }],
    ['deployment-inactive', { server: { status: 'Inactive' } }],
    ['auth-not-enabled', { server: { authEnabled: false } }],
    ['config-invalid', { server: { configMissing: true } }],
    ['script-timeout', { browser: { queueStuck: true } }],
  ];
  for (const [code, switches] of faults) {
    it(`errors with ${code} for ${JSON.stringify(switches)}`, async () => {
      const { port } = await given(switches);
      expect(await loadFailure(port)).to.include({ code });
    });
  }

  it('errors with script-blocked when the script is missing', async () => {
    const { win, config } = await given({});
    const scriptUrl = `${config.configOrigin}/nothing/genesys.min.js`;
    expect(await loadFailure(createMessengerPort({ ...config, scriptUrl }, win))).to.include({
      code: 'script-blocked',
    });
  });

  for (const takenName of ['silent', 'callback'] as const) {
    it(`errors with provider-taken when the page has an AuthProvider (${takenName})`, async () => {
      const { win, config } = await given({ browser: { takenName } });
      const page = win as unknown as Record<string, unknown> & { Genesys: { q: unknown[][] } };
      page['Genesys'] = { q: [['registerPlugin', 'AuthProvider', () => undefined]] };
      const port = createMessengerPort(config, win, { scheduler: faster });
      expect(await loadFailure(port)).to.include({ code: 'provider-taken' });
    });
  }
});
