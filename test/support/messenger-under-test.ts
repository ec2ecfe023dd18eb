import { Subscription } from 'rxjs';
import type { GenesysConfig } from '../../src/core/config.js';
import type { GcAuthError } from '../../src/core/errors.js';
import type { PluginCall, MessengerFact } from '../../src/core/messenger.js';
import { createMessengerPort } from '../../src/genesys/messenger-port.js';
import type { MessengerPort } from '../../src/session/ports.js';
import { FakeGenesys, fakeWindow } from './fake-genesys.js';
import { VirtualTime } from './virtual-time.js';

export const genesysConfig: GenesysConfig = {
  deploymentId: '00000000-0000-4000-8000-000000000001',
  environment: 'prod-euw1',
  scriptUrl: 'https://apps.mypurecloud.ie/genesys-bootstrap/genesys.min.js',
  configOrigin: 'https://api-cdn.mypurecloud.ie',
  debug: false,
  messengerEvents: [],
  nonce: undefined,
};

/** One subscription to `connect()` and what it emitted. */
export interface Connection {
  readonly facts: MessengerFact[];
  /** Types of the facts, without plain events. */
  readonly types: MessengerFact['type'][];
  readonly calls: PluginCall[];
  error: GcAuthError | undefined;
  readonly subscription: Subscription;
}

export function connectTo(port: MessengerPort): Connection {
  const facts: MessengerFact[] = [];
  const subscription = new Subscription();
  const connection: Connection = {
    facts,
    subscription,
    error: undefined,
    get types() {
      return facts.map(({ type }) => type).filter((type) => type !== 'event');
    },
    get calls() {
      return facts.flatMap((fact) => (fact.type === 'plugin-called' ? [fact.call] : []));
    },
  };
  subscription.add(
    port.connect().subscribe({
      next: (fact) => facts.push(fact),
      error: (error: GcAuthError) => {
        connection.error = error;
      },
    }),
  );
  return connection;
}

/** The real port on a fake window and in virtual time. */
export class MessengerUnderTest {
  readonly time = new VirtualTime();
  readonly win: Window;
  readonly port: MessengerPort;
  readonly genesys: FakeGenesys;

  constructor(
    options: {
      config?: Partial<GenesysConfig>;
      win?: Window;
      providerName?: ConstructorParameters<typeof FakeGenesys>[1];
    } = {},
  ) {
    this.win = options.win ?? fakeWindow();
    this.genesys = new FakeGenesys(this.win, options.providerName);
    this.port = this.anotherPort(options.config);
  }

  anotherPort(config: Partial<GenesysConfig> = {}): MessengerPort {
    return createMessengerPort({ ...genesysConfig, ...config }, this.win, { scheduler: this.time });
  }

  /** Connects and loads Messenger. */
  up(): Connection {
    const connection = connectTo(this.port);
    this.genesys.load().configure().republish('Auth.ready');
    return connection;
  }
}
