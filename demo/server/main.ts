import { accounts, fullName, password } from './provider/accounts.js';
import { startDemo } from './demo.js';

const defaultBasePort = 8080;

/** Short, so that renewal is seen without waiting for it. */
const jwtSeconds = 30;

const base = basePort(process.env['PORT']);
const demo = await startDemo({
  ports: { app: base, provider: base + 1, crossSiteProvider: base + 2, genesys: base + 3 },
  anyPortIfTaken: true,
  redirectPaths: ['/', '/index.html', '/modal-callback.html'],
  defaults: { jwtSeconds },
});

const people = accounts.map((account) => `${account.id} (${fullName(account)})`).join(' or ');
console.log(`
  Messenger, signed in:  ${demo.app.origin}/

  Sign in as ${people}, password "${password}".
  The token for Messenger lives ${String(jwtSeconds)} s here: watch it being renewed.
  Then break something with the buttons beside it: expire the token, end the session
  at the provider, cut the socket, and see what the person in front of it notices.
  ${demo.app.origin}/?real  asks for a real deployment and provider instead.

  OpenID provider        ${demo.provider.origin} and, on another site, ${demo.crossSiteProvider.origin}
  Genesys stand-in       ${demo.genesys.origin}

  Ctrl+C ends it.
`);

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (ending) process.exit(1);
    ending = true;
    void demo.close().then(() => process.exit(0));
  });
}

function basePort(text: string | undefined): number {
  const port = Number(text ?? defaultBasePort);
  if (Number.isInteger(port) && port > 0 && port < 65_532) return port;
  console.error(`PORT is ${String(text)}; wanted: a number from 1 to 65531.`);
  process.exit(1);
}
