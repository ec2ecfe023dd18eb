/*
 * As little of Messenger as makes the element sign in: the bus, the deployment's configuration, and an Auth plugin that
 * asks for a code and takes any. What Messenger itself costs a page is not what is measured; the stand-in for tests, with
 * its window and its socket, has tasks of its own that are long.
 */

type Callback = (value?: unknown) => void;
type Command = (call: { data?: unknown; resolve: Callback; reject: Callback }) => void;

const globals = window as unknown as Record<string, unknown>;
const subscribers = new Map<string, Callback[]>();
const commands = new Map<string, Command>();
const model = new Map<string, unknown>();

/** The bus calls back in another task. */
const later = (work: () => void): void => void setTimeout(work);

function publish(event: string, data: unknown = {}): void {
  for (const callback of subscribers.get(event) ?? []) later(() => callback({ event, data }));
}

const encoded = (value: object): string => btoa(JSON.stringify(value)).replaceAll('=', '');

function jwt(): string {
  const now = Math.floor(Date.now() / 1000);
  return `${encoded({ alg: 'none' })}.${encoded({ sub: 'alice', iat: now, exp: now + 900 })}.`;
}

function askForCode(): void {
  commands.get('AuthProvider.getAuthCode')?.({
    data: { forceUpdate: false },
    resolve: () => {
      publish('Auth.authenticating');
      model.set('Auth.authenticated', true);
      publish('Auth.authenticated', { jwt: jwt() });
    },
    reject: () => undefined,
  });
}

const plugin = (name: string) => ({
  registerCommand: (command: string, run: Command) => commands.set(`${name}.${command}`, run),
  publish: (event: string, data: unknown) => publish(`${name}.${event}`, data),
  ready: () => later(askForCode),
  data(key: string, value?: unknown) {
    if (value !== undefined) model.set(key, value);
    return model.get(key);
  },
});

function run([action, name, ...rest]: unknown[]): void {
  const [first, second] = rest as [Callback, Callback];
  if (action === 'subscribe') subscribers.set(String(name), [...(subscribers.get(String(name)) ?? []), first]);
  if (action === 'registerPlugin') later(() => first(plugin(String(name))));
  if (action !== 'command') return;
  if (name === 'Auth.getTokens') askForCode();
  later(() => second());
}

const { q: waiting = [] } = globals['Genesys'] as { q?: ArrayLike<unknown>[] };
globals['Genesys'] = (...call: unknown[]) => run(call);
for (const call of waiting) run(Array.from(call));
model.set('Auth.authenticated', false);
publish('GenesysJS.configurationReceived', { deploymentConfig: { status: 'Active', auth: { enabled: true } } });
publish('Auth.ready');
