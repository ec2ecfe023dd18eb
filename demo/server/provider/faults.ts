import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { sendHtml, urlOf } from '../http.js';
import type { Log } from './log.js';
import { errorPage, thinkingPage } from './pages.js';
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
  if (switches.fragmentRefused && searchParams.get('response_mode') === 'fragment') {
    return refuse(200, 'fragment-refused', 'Invalid response_mode for this flow.');
  }
  const scope = /[?&]scope=([^&]*)/.exec(request.url ?? '')?.[1] ?? '';
  if (switches.plusIsLiteral && scope.includes('+')) return refuse(400, 'invalid_scope', `There is no scope ${scope}.`);
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
  /** State of the latest silent request that no person was signed in for. */
  let unansweredState: string | undefined;
  provider.use(async (ctx, next) => {
    await next();
    const { noIss, wrongIss, issuerWithSlash, tenantPlaceholder, discoveryWithoutCors, thinkingMs, silentReplayed } =
      switches();
    if (ctx.path === '/.well-known/openid-configuration') {
      if (discoveryWithoutCors) ctx.remove('Access-Control-Allow-Origin');
      const document = ctx.body as { issuer: string };
      if (issuerWithSlash) document.issuer += '/';
      if (tenantPlaceholder) document.issuer += '/{tenantid}/v2.0';
      if (noIss) Object.assign(ctx.body as object, { authorization_response_iss_parameter_supported: false });
    }
    const location = ctx.response.get('Location');
    if (!URL.canParse(location)) return;
    const { prompt } = ctx.query;
    const changed = withAnswer(location, (answer) => {
      if (prompt === 'none' && answer.get('error') === 'login_required') {
        unansweredState = answer.get('state') ?? undefined;
      } else if (silentReplayed && prompt !== 'none' && unansweredState !== undefined && answer.has('code')) {
        answer.set('state', unansweredState);
        unansweredState = undefined;
      }
      for (const name of leftOut(switches(), answer.has('error'))) answer.delete(name);
      if (issuerWithSlash && answer.has('iss')) answer.set('iss', `${provider.issuer}/`);
      if (wrongIss) answer.set('iss', foreignIssuer);
    });
    if (thinkingMs > 0 && prompt === 'none') {
      ctx.status = 200;
      ctx.remove('Location');
      ctx.type = 'html';
      ctx.body = thinkingPage(changed, thinkingMs);
    } else ctx.set('Location', changed);
  });
}

/** Parameters that an authorization response has to do without. */
function leftOut(switches: ProviderSwitches, isError: boolean): string[] {
  const { noIss, issMissing, errorWithoutIss, errorWithoutState } = switches;
  return [
    ...(noIss || issMissing || (errorWithoutIss && isError) ? ['iss'] : []),
    ...(errorWithoutState && isError ? ['state'] : []),
  ];
}

/** The address with a changed authorization response; unchanged when it has none, as that of the login page. */
function withAnswer(location: string, change: (answer: URLSearchParams) => void): string {
  const url = new URL(location);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const answer = [url.searchParams, fragment].find((parameters) => parameters.has('code') || parameters.has('error'));
  if (!answer) return location;
  change(answer);
  if (answer === fragment) url.hash = fragment.toString();
  return url.href;
}
