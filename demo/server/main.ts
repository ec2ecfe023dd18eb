import { accounts, fullName, password } from './provider/accounts.js';
import { startDemo } from './demo.js';
import { readOptions } from './options.js';

/** Short, so that the first renewal comes soon. */
const jwtSeconds = 30;

const options = readOptions(process.argv.slice(2), process.env['PORT']);
if (typeof options === 'string') {
  console.error(options);
  process.exit(1);
}
const { port: base, origins, deploymentId } = options;
const demo = await startDemo({
  ports: { app: base, provider: base + 1, crossSiteProvider: base + 2, genesys: base + 3 },
  anyPortIfTaken: true,
  redirectPaths: ['/', '/index.html', '/modal-callback.html'],
  extraOrigins: origins,
  ...(deploymentId !== undefined && { deploymentId }),
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

${origins.map((origin) => tagFor(origin)).join('')}  Stop with Ctrl+C.
`);

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (ending) process.exit(1);
    ending = true;
    void demo.close().then(() => process.exit(0));
  });
}

/** For a page that another server serves. */
function tagFor(origin: string): string {
  return `  On a page of ${origin}, which needs callback.html and callback.js as well:

    <gc-auth-messenger
      deployment-id="${demo.genesys.deploymentId}"
      environment="prod-euw1"
      script-url="${demo.genesys.scriptUrl}"
      authority="${demo.provider.origin}"
      client-id="${demo.provider.clientId}"
      redirect-uri="${origin}/callback.html"
      scope="openid offline_access"
    ></gc-auth-messenger>

`;
}
