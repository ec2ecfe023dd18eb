import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { sendHtml, urlOf } from '../http.js';
import type { Log } from './log.js';
import { errorPage } from './pages.js';
import type { ProviderSwitches } from './switches.js';

/** Does not exist: RFC 2606 reserves the name. */
const foreignIssuer = 'https://another-issuer.example';

/**
 * Answers an authorization request in place of the provider if a switch requires it.
 *
 * @returns whether the request is answered
 */
export function answerInstead(
  request: IncomingMessage,
  response: ServerResponse,
  switches: ProviderSwitches,
  log: Log,
): boolean {
  const { pathname, searchParams } = urlOf(request);
  if (pathname !== '/auth' && !pathname.startsWith('/auth/')) return false;
  const silent = searchParams.get('prompt') === 'none';
  const refuse = (status: number, outcome: string, explanation: string): true => {
    log.add({ route: 'authorize', outcome, ...(silent && { prompt: 'none' }) });
    sendHtml(response, status, errorPage(outcome, explanation));
    return true;
  };

  if (switches.frameRefused) {
    response.setHeader('X-Frame-Options', 'DENY');
    response.setHeader('Content-Security-Policy', "frame-ancestors 'none'");
    // Browsers apply these headers to documents only, not to the redirect that a signed-in person gets.
    if (isFramed(request, silent)) return refuse(200, 'frame-refused', 'This page may not be shown in a frame.');
  }
  if (switches.serverError) return refuse(500, 'server_error', 'The provider has an internal problem.');
  if (switches.htmlErrorPage && silent) return refuse(200, 'html-error-page', 'Sign-in needs a full page.');
  return false;
}

/** WebKit before 16.4 does not send https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-dest-header. */
function isFramed(request: IncomingMessage, silent: boolean): boolean {
  const destination = request.headers['sec-fetch-dest'];
  return destination === undefined ? silent : destination === 'iframe';
}

/** Changes the provider's answers according to the switches. */
export function alterAnswers(provider: Provider, switches: () => ProviderSwitches): void {
  provider.use(async (ctx, next) => {
    await next();
    const { noIss, wrongIss, discoveryWithoutCors } = switches();
    if (ctx.path === '/.well-known/openid-configuration') {
      if (discoveryWithoutCors) ctx.remove('Access-Control-Allow-Origin');
      if (noIss) Object.assign(ctx.body as object, { authorization_response_iss_parameter_supported: false });
    }
    const location = ctx.response.get('Location');
    if (location && (noIss || wrongIss)) ctx.set('Location', withIssuer(location, noIss ? null : foreignIssuer));
  });
}

function withIssuer(location: string, issuer: string | null): string {
  if (!URL.canParse(location)) return location;
  const url = new URL(location);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const changed = [url.searchParams, fragment].filter((parameters) => parameters.has('iss'));
  for (const parameters of changed) {
    if (issuer === null) parameters.delete('iss');
    else parameters.set('iss', issuer);
  }
  if (changed.includes(fragment)) url.hash = fragment.toString();
  return url.href;
}
