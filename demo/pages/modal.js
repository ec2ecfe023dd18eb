import { byId } from './dom.js';
import { codesOf } from './modal/provide.js';
import { furnishShop } from './shop.js';

const { provider = '', client = '' } = document.body.dataset;
const element = /** @type {any} */ (document.querySelector('gc-auth-messenger'));

element.codeProvider = codesOf(provider, client);

/** @type {Record<string, string>} */
const standing = {
  'signed-in': 'Our mountain desk knows who is asking.',
  'signed-out': 'Nobody is signed in.',
  'signing-in': 'One moment, asking Northwind ID…',
  'interaction-required': 'Sign in with the button in the corner, and our mountain desk knows who is asking.',
  failed: 'Chat is not available right now.',
};

furnishShop(element);
element.addEventListener('gc-state-change', (/** @type {CustomEvent} */ { detail }) => {
  byId('standing').textContent = standing[detail.state] ?? byId('standing').textContent;
  byId('sign-out').hidden = detail.state !== 'signed-in';
});
// What went wrong is told by gc-error already.
byId('sign-out').addEventListener('click', () => element.signOut().catch(() => {}));
