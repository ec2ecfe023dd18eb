import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { errors, type Provider } from 'oidc-provider';
import { HttpError, readBody, sendHtml } from '../http.js';
import { authenticate } from './accounts.js';
import type { Log } from './log.js';
import { errorPage, loginPage } from './pages.js';

/** Slows down scripts that try passwords. */
const wrongPasswordDelayMs = 100;

export interface LoginOptions {
  provider: Provider;
  log: Log;
  /** The person declines. */
  denied: boolean;
}

/** `GET`: the login page. `POST`: its form with the fields `account` and `password`. */
export async function serveInteraction(
  request: IncomingMessage,
  response: ServerResponse,
  { provider, log, denied }: LoginOptions,
): Promise<void> {
  try {
    const { prompt, params } = await provider.interactionDetails(request, response);
    if (denied) {
      await provider.interactionFinished(request, response, { error: 'access_denied' });
      return;
    }
    if (prompt.name === 'consent') {
      await provider.interactionFinished(request, response, { consent: {} });
      return;
    }
    const hint = typeof params.login_hint === 'string' ? (params.login_hint.split('@')[0] ?? '') : '';
    if (request.method !== 'POST') {
      sendHtml(response, 200, loginPage({ account: hint }));
      return;
    }

    const form = new URLSearchParams(await readBody(request));
    const name = form.get('account') ?? '';
    const account = authenticate(name, form.get('password') ?? '');
    log.add({ route: 'login', outcome: account ? 'ok' : 'wrong-password', ...(account && { account: account.id }) });
    if (!account) {
      await delay(wrongPasswordDelayMs);
      sendHtml(response, 200, loginPage({ account: name, failed: true }));
      return;
    }
    const login = { accountId: account.id, amr: ['pwd'] };
    await provider.interactionFinished(
      request,
      response,
      prompt.name === 'select_account' ? { select_account: {}, login } : { login },
    );
  } catch (error) {
    if (error instanceof HttpError) throw error;
    if (!(error instanceof errors.SessionNotFound)) throw error;
    sendHtml(response, 400, errorPage(error.error, 'This sign-in has expired. Go back to the page you came from.'));
  }
}
