import { byId } from './dom.js';
import { createCodeProvider } from './modal/code-provider.js';
import { connectShop } from './shop.js';

const { provider = '', client = '' } = document.body.dataset;
const element = /** @type {any} */ (document.querySelector('gc-auth-messenger'));

element.codeProvider = createCodeProvider(provider, client);

/** @type {Record<string, string>} */
const statusTexts = {
  'signed-in': 'Our mountain desk knows who is asking.',
  'signed-out': 'Nobody is signed in.',
  'signing-in': 'Signing in with Northwind ID…',
  'interaction-required': 'Sign in with the button in the corner, and our mountain desk knows who is asking.',
  failed: 'Chat is not available right now.',
};

connectShop(element);
element.addEventListener('gc-state-change', (/** @type {CustomEvent} */ { detail }) => {
  byId('status').textContent = statusTexts[detail.state] ?? byId('status').textContent;
  byId('sign-out').hidden = detail.state !== 'signed-in';
});
// The element reports errors with gc-error.
byId('sign-out').addEventListener('click', () => element.signOut().catch(() => {}));
