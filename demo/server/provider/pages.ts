import { escapeHtml } from '../http.js';
import { accounts, fullName, password, type Account } from './accounts.js';
import { renderPage } from './layout.js';

export interface LoginPage {
  /** Initial value of the account field. */
  account?: string;
  failed?: boolean;
}

export function loginPage({ account = '', failed = false }: LoginPage): string {
  const focused = account === '' ? 'account' : 'password';
  const focus = (field: string): string => (field === focused ? ' autofocus' : '');
  return renderPage({
    title: 'Sign in',
    lead: 'to continue to your account',
    body: `
${failed ? '<p class="alert" role="alert" id="alert">Wrong account or password. Try again.</p>' : ''}
<form method="post" id="login"${failed ? ' aria-describedby="alert"' : ''}>
<label>Account
<input name="account" autocomplete="username" autocapitalize="none" spellcheck="false" required
 value="${escapeHtml(account)}"${focus('account')}></label>
<label>Password
<input name="password" type="password" autocomplete="current-password" required${focus('password')}></label>
<button class="primary" type="submit">Sign in</button>
</form>
<fieldset class="people">
<legend>Test accounts, password <code>${password}</code></legend>
<div>${accounts.map(personButton).join('')}</div>
</fieldset>
<script>
for (const button of document.querySelectorAll('[data-account]')) {
  button.addEventListener('click', () => {
    const { account, password } = document.forms.login.elements;
    account.value = button.dataset.account;
    password.value = '${password}';
    document.forms.login.requestSubmit();
  });
}
</script>`,
  });
}

function personButton(account: Account): string {
  const initials = account.givenName.charAt(0) + account.familyName.charAt(0);
  return `<button class="person" type="button" data-account="${account.id}"><b aria-hidden="true">${initials}</b>${escapeHtml(fullName(account))}</button>`;
}

/** Signs out without a question: the person has just confirmed it on the page that they come from. */
export function signingOutPage(form: string): string {
  return renderPage({
    title: 'Signing out…',
    body: `
${form.replace('</form>', '<input type="hidden" name="logout" value="yes"><noscript><button class="primary">Sign out</button></noscript></form>')}
<script>document.getElementById('op.logoutForm').submit();</script>`,
  });
}

export function signedOutPage(): string {
  return renderPage({ title: 'You are signed out', lead: 'You can close this window.' });
}

export function errorPage(error: string, description = ''): string {
  return renderPage({
    title: 'The request failed',
    lead: description === '' ? 'The sign-in request cannot be answered.' : description,
    body: `<p class="alert"><code>${escapeHtml(error)}</code></p>`,
  });
}

/** Goes on by itself, like pages that look at the device or the network before they answer. */
export function thinkingPage(location: string, ms: number): string {
  const target = JSON.stringify(location).replaceAll('<', '\\u003c');
  return renderPage({
    title: 'One moment…',
    body: `<script>setTimeout(() => location.replace(${target}), ${String(ms)});</script>`,
  });
}
