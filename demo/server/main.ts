import { accounts, fullName, password } from './provider/accounts.js';
import { startDemo } from './demo.js';

const defaultBasePort = 8080;

/** Short, so that the first renewal comes soon. */
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
  Demo page              ${demo.app.origin}/

  Sign in as ${people}, password "${password}".
  Messenger's JWT expires after ${String(jwtSeconds)} s here, and is renewed in time. The buttons beside
  the page cause problems: expire the JWT, end the session at the provider, cut the
  socket. Then see what the person notices.
  With your own deployment and provider: ${demo.app.origin}/?real

  OpenID provider        ${demo.provider.origin} and, on another site, ${demo.crossSiteProvider.origin}
  Genesys stand-in       ${demo.genesys.origin}

  Stop with Ctrl+C.
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
  console.error(`PORT is ${String(text)}; expected: a number from 1 to 65531.`);
  process.exit(1);
}
