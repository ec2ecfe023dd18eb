import '../../src/define.js';
import type { Config } from '../../src/core/config.js';
import { GcAuthError } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { readLauncherLook } from '../../src/core/launcher-look.js';
import type { GcAuthMessenger } from '../../src/element/gc-auth-messenger.js';
import { Session } from '../../src/session/session.js';
import { fakePorts } from './fake-ports.js';
import type { FakePorts } from './fake-ports.js';
import { deploymentId, jwt, t0 } from './fixtures.js';
import { turns } from './turns.js';
import { VirtualTime } from './virtual-time.js';

export const leastAttributes: Readonly<Record<string, string>> = {
  'deployment-id': deploymentId,
  environment: 'prod-euw1',
  authority: 'https://login.example.com',
  'client-id': 'messenger-web',
};

export const eventNames = [
  'gc-ready',
  'gc-state-change',
  'gc-token',
  'gc-signed-in',
  'gc-signed-out',
  'gc-interaction-required',
  'gc-error',
  'gc-messenger-event',
] as const;

export interface ElementUnderTest extends FakePorts {
  readonly element: GcAuthMessenger;
  readonly time: VirtualTime;
  /** The configuration of each session, oldest first. */
  readonly configs: Config[];
  readonly sessions: Session[];
  readonly events: CustomEvent[];
  /** Names of the events, with their state, code or reason: `gc-error offline`. */
  readonly told: () => string[];
  part(name: string): HTMLElement | null;
  text(name: string): string | undefined;
  /** Signs in with a JWT that Messenger kept. */
  signedIn(life?: number): Promise<void>;
  /** Fails the silent attempt, so that the prompt is shown. */
  toPrompt(why?: ErrorCode): Promise<void>;
}

const placed: Element[] = [];

/** An element with fake ports, not connected yet. */
export function elementUnderTest(attributes: Readonly<Record<string, string>> = {}): ElementUnderTest {
  const element = document.createElement('gc-auth-messenger');
  const ports = fakePorts();
  const time = new VirtualTime();
  time.frame = t0;
  const configs: Config[] = [];
  const sessions: Session[] = [];
  const events: CustomEvent[] = [];
  element.createSession = (config) => {
    const session = new Session({ config, ports, scheduler: time, random: () => 0 });
    configs.push(config);
    sessions.push(session);
    return session;
  };
  element.launcherLook = () => Promise.resolve(readLauncherLook(undefined));
  // At once, whatever the page is doing.
  element.whenToRefuse = (_error, refuse) => {
    refuse();
    return () => undefined;
  };
  for (const [name, value] of Object.entries({ ...leastAttributes, ...attributes })) element.setAttribute(name, value);
  for (const name of eventNames) element.addEventListener(name, (event) => events.push(event as CustomEvent));
  placed.push(element);
  const part = (name: string): HTMLElement | null => element.shadowRoot?.querySelector(`[part="${name}"]`) ?? null;
  const { messenger, code } = ports;
  return {
    ...ports,
    element,
    time,
    configs,
    sessions,
    events,
    told: () => events.map(inWords),
    part,
    text: (name) => part(name)?.textContent?.replace(/\s+/g, ' ').trim(),
    async signedIn(life = 900_000) {
      messenger.emit({ type: 'loaded', allowSessionUpgrade: false }, { type: 'auth-ready', authenticated: true });
      messenger.emit({ type: 'authenticated', token: jwt('j1', life, time.now()) });
      await element.updateComplete;
    },
    async toPrompt(why: ErrorCode = 'login-required') {
      messenger.emit({ type: 'loaded', allowSessionUpgrade: false }, { type: 'auth-ready', authenticated: false });
      messenger.call();
      code.answerSilent(new GcAuthError(why));
      await element.updateComplete;
    },
  };
}

function inWords({ type, detail }: CustomEvent): string {
  const { state, code, reason, name } = (detail ?? {}) as Partial<Record<string, string>>;
  return [type, code ?? state ?? name ?? reason].filter(Boolean).join(' ');
}

export async function place(under: ElementUnderTest, where: ParentNode = document.body): Promise<ElementUnderTest> {
  where.append(under.element);
  await under.element.updateComplete;
  // The session starts in a task of its own.
  await turns(2);
  return under;
}

export const placedWith = (attributes: Readonly<Record<string, string>> = {}): Promise<ElementUnderTest> =>
  place(elementUnderTest(attributes));

/** Removes all elements from the page and waits until they have noticed. */
export async function clearAway(): Promise<void> {
  for (const element of placed.splice(0)) element.remove();
  await Promise.resolve();
}
