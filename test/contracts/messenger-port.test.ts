import { expect } from '@open-wc/testing';
import { asyncScheduler, filter, firstValueFrom, lastValueFrom, map, take, takeUntil, timer, toArray } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { GenesysConfig } from '../../src/core/config.js';
import { GcAuthError } from '../../src/core/errors.js';
import type { PluginCall, MessengerFact } from '../../src/core/messenger.js';
import { createMessengerPort } from '../../src/genesys/messenger-port.js';
import { createCodePort } from '../../src/oidc/code-port.js';
import type { MessengerPort } from '../../src/session/ports.js';
import type { BrowserSwitches, ServerSwitches } from '../../src/testing/switches.js';
import { FakeMessengerPort } from '../support/fake-messenger-port.js';
import { oidcConfig } from '../support/oidc-config.js';
import { signInAtProvider, testEnv } from '../support/provider.js';
import type { TestEnv } from '../support/provider.js';

/** One port, with a hand on the Messenger beyond it. */
interface Harness {
  readonly port: MessengerPort;
  /** Messenger comes up and calls for a code. */
  comeUp(): void;
  /** An answer that Messenger accepts; it then says that somebody is signed in. */
  signIn(call: PluginCall): Promise<void>;
  /** Settles the command given last, well or badly. */
  settle(how: 'resolve' | 'reject'): void;
  /** Messenger's launcher can be seen. */
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
    comeUp: () => {
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

/** A quarter of the time, with room for a busy machine. */
const faster: SchedulerLike = {
  now: () => asyncScheduler.now(),
  schedule: (work: Parameters<SchedulerLike['schedule']>[0], delay = 0, state?: unknown) =>
    asyncScheduler.schedule(work, delay / 4, state),
};

/** Where the stand-in of Genesys is. */
interface Parts extends TestEnv {
  readonly genesysOrigin: string;
  readonly scriptUrl: string;
}

interface RealHarness extends Harness {
  readonly win: Window;
  readonly config: GenesysConfig;
}

/** The port on a window of its own, with a deployment of its own, over the stand-in of Genesys. */
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
    nonce: undefined,
  };
  const port = createMessengerPort(config, win, { scheduler: faster });
  const codes = createCodePort(oidcConfig({ authority: providerOrigin, clientId, metadata: undefined }), window);
  return {
    port,
    win,
    config,
    comeUp: () => undefined,
    signIn: async ({ id }) => {
      await signInAtProvider(providerOrigin);
      port.answer(id, { grant: await firstValueFrom(codes.silent()) });
    },
    visible: () => win.document.querySelector('#genesys-messenger')!.checkVisibility({ visibilityProperty: true }),
    settle: () => undefined,
    end: () => frame.remove(),
  };
}

const isAsk = (fact: MessengerFact): fact is Extract<MessengerFact, { type: 'plugin-called' }> =>
  fact.type === 'plugin-called';

const nextAsk = (port: MessengerPort): Promise<PluginCall> =>
  firstValueFrom(
    port.connect().pipe(
      filter(isAsk),
      map(({ call }) => call),
    ),
  );

/** What is told from the start until `last`, without the plain events. */
const toldUntil = (port: MessengerPort, last: MessengerFact['type']): Promise<MessengerFact[]> =>
  new Promise((resolve, reject) => {
    const told: MessengerFact[] = [];
    const subscription = port
      .connect()
      .pipe(filter(({ type }) => type !== 'event'))
      .subscribe({
        next: (fact) => {
          told.push(fact);
          if (fact.type !== last) return;
          resolve(told);
          queueMicrotask(() => subscription.unsubscribe());
        },
        error: reject,
      });
  });

const typesOf = (facts: MessengerFact[]): MessengerFact['type'][] => facts.map(({ type }) => type);

/** The error with which a port says that Messenger cannot be had. */
const startFault = async (port: MessengerPort): Promise<GcAuthError> => {
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

    it('tells that Messenger is loaded, that Auth is ready, and what is asked, in this order', async () => {
      const told = toldUntil(port, 'plugin-called');
      harness.comeUp();
      expect(typesOf(await told)).to.eql(['loaded', 'auth-ready', 'plugin-called']);
      expect((await told)[0]).to.eql({ type: 'loaded', allowSessionUpgrade: false });
      expect((await told)[1]).to.eql({ type: 'auth-ready', authenticated: false });
    });

    it('tells a late subscriber what holds', async () => {
      const first = nextAsk(port);
      harness.comeUp();
      const call = await first;
      const late = await toldUntil(port, 'plugin-called');
      expect(typesOf(late)).to.eql(['loaded', 'auth-ready', 'plugin-called']);
      expect(late.at(-1)).to.eql({ type: 'plugin-called', call });
    });

    it('tells who is signed in, now and to those who come later', async () => {
      const first = nextAsk(port);
      harness.comeUp();
      const call = await first;
      const told = toldUntil(port, 'authenticated');
      await harness.signIn(call);
      expect(typesOf(await told).slice(-2)).to.eql(['authenticating', 'authenticated']);
      const late = await toldUntil(port, 'authenticated');
      const fact = late.at(-1);
      expect(typesOf(late)).to.eql(['loaded', 'auth-ready', 'authenticated']);
      expect(fact?.type === 'authenticated' && fact.token.claims).to.include({ sub: 'alice' });
    });

    it('settles a call once; a later answer is dropped', async () => {
      const first = nextAsk(port);
      harness.comeUp();
      const { id } = await first;
      port.answer(id, { error: new GcAuthError('login-required') });
      port.answer(id, { grant });
      const stillOpen = port.connect().pipe(filter(isAsk), take(1), takeUntil(timer(0)), toArray());
      expect((await lastValueFrom(stillOpen)).map(({ call }) => call.id)).not.to.include(id);
    });

    it('lets go of whoever unsubscribes, and serves the others', async () => {
      const facts: MessengerFact[] = [];
      const gone = port.connect().subscribe((fact) => facts.push(fact));
      gone.unsubscribe();
      const before = facts.length;
      const other = nextAsk(port);
      harness.comeUp();
      await other;
      expect(facts).to.have.length(before);
    });

    it('gives a command when somebody subscribes, emits once and completes', async () => {
      const up = nextAsk(port);
      harness.comeUp();
      await up;
      const done = lastValueFrom(port.command('Database.set', { messaging: {} }).pipe(toArray()));
      harness.settle('resolve');
      expect(await done).to.have.length(1);
    });

    it('errors with what Messenger rejects a command with', async () => {
      const up = nextAsk(port);
      harness.comeUp();
      await up;
      const outcome = lastValueFrom(port.command('Messenger.close')).then(
        () => 'resolved',
        () => 'rejected',
      );
      harness.settle('reject');
      expect(await outcome).to.equal('rejected');
    });

    it('hides Messenger and shows it again, as often as it is told, before it is there too', async () => {
      for (const hidden of [true, true, false, false, true]) port.setHidden(hidden);
      const up = nextAsk(port);
      harness.comeUp();
      await up;
      expect(harness.visible()).to.equal(false);
      port.setHidden(false);
      expect(harness.visible()).to.equal(true);
    });

    it('says ready and publishes without an answer', async () => {
      const up = nextAsk(port);
      harness.comeUp();
      await up;
      port.publishReady();
      port.publish('signInFailed', {});
    });
  });
}

contract('the fake', fake);
contract('the real one over the stand-in', () => real());

describe('MessengerPort over the stand-in', () => {
  let harness: RealHarness | undefined;
  const given = async (switches: Switches): Promise<RealHarness> => (harness = await real(switches));

  afterEach(() => harness?.end());

  it('does nothing to the window before somebody connects', async () => {
    const { win } = await given({});
    expect(win.document.scripts).to.have.length(0);
    expect(win).not.to.have.property('Genesys');
  });

  it('tells why a code was not accepted', async () => {
    const { port } = await given({});
    const { id } = await nextAsk(port);
    const told = toldUntil(port, 'auth-error');
    port.answer(id, { grant });
    const failed = (await told).at(-1);
    expect(typesOf(await told)).to.include('authenticating');
    expect(failed?.type === 'auth-error' && failed.failure).to.include({ status: 401 });
  });

  it('lets no secret into the plain events', async () => {
    const { port, signIn } = await given({});
    const events: unknown[] = [];
    const watching = port.connect().subscribe((fact) => {
      if (fact.type === 'event') events.push(fact);
    });
    await signIn(await nextAsk(port));
    const told = await toldUntil(port, 'authenticated');
    watching.unsubscribe();
    const token = told.at(-1);
    const shown = JSON.stringify(events);
    expect(shown).to.contain('Auth.authenticated').and.contain('Auth.authenticating');
    expect(token?.type === 'authenticated' && token.token.jwt).to.be.a('string');
    for (const part of token?.type === 'authenticated' ? token.token.jwt.split('.') : []) {
      expect(shown).not.to.contain(part);
    }
  });

  it('tells that anonymous people may step up where the deployment lets them', async () => {
    const { port } = await given({ server: { allowSessionUpgrade: true } });
    expect((await toldUntil(port, 'loaded'))[0]).to.eql({ type: 'loaded', allowSessionUpgrade: true });
  });

  const faults: Array<[code: string, switches: Switches]> = [
    ['domain-not-allowed', { server: { allowedDomains: ['other.example'] } }],
    ['deployment-inactive', { server: { status: 'Inactive' } }],
    ['auth-not-enabled', { server: { authEnabled: false } }],
    ['config-invalid', { server: { configMissing: true } }],
    ['script-timeout', { browser: { queueStuck: true } }],
  ];
  for (const [code, switches] of faults) {
    it(`errors with ${code} when Messenger stays away for ${JSON.stringify(switches)}`, async () => {
      const { port } = await given(switches);
      expect(await startFault(port)).to.include({ code });
    });
  }

  it('errors with script-blocked when there is no script', async () => {
    const { win, config } = await given({});
    const scriptUrl = `${config.configOrigin}/nothing/genesys.min.js`;
    expect(await startFault(createMessengerPort({ ...config, scriptUrl }, win))).to.include({ code: 'script-blocked' });
  });

  for (const takenName of ['silent', 'callback'] as const) {
    it(`errors with provider-taken when the page has an AuthProvider (${takenName})`, async () => {
      const { win, config } = await given({ browser: { takenName } });
      const page = win as unknown as Record<string, unknown> & { Genesys: { q: unknown[][] } };
      page['Genesys'] = { q: [['registerPlugin', 'AuthProvider', () => undefined]] };
      const port = createMessengerPort(config, win, { scheduler: faster });
      expect(await startFault(port)).to.include({ code: 'provider-taken' });
    });
  }
});
