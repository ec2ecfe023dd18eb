import { expect } from '@open-wc/testing';

/** Error codes of OAuth 2.0, OpenID Connect and products, as providers write them. */
const errors = [
  ...['access_denied', 'invalid_request', 'invalid_scope', 'unauthorized_client', 'server_error', 'login_required'],
  ...['temporarily_unavailable', 'consent_required', 'AADSTS65004', '<b>bold</b>', 'config-invalid', 'state-mismatch'],
];

const description = 'Konto 4711 gesperrt <img src=x>';

/** Where an answer may have no page that waits for it: none of ours, a redirect of another tab, a popup, none at all. */
const states = ['', `&state=${'b'.repeat(32)};r`, `&state=${'b'.repeat(32)};p`, '&state=of-another-library'];

const sentence = 'This page completes sign-in. You can close it.';

describe('the words of the callback page', () => {
  let frame: HTMLIFrameElement;

  beforeEach(() => {
    frame = document.createElement('iframe');
  });
  afterEach(() => frame.remove());

  async function shown(rest: string): Promise<string[]> {
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.src = `/callback.html${rest}`;
    if (!frame.isConnected) document.body.append(frame);
    await loaded;
    const { title, body } = frame.contentDocument!;
    return [title, body.innerText.trim(), body.textContent.trim()];
  }

  for (const error of errors) {
    it(`are the same for ${error}, which they do not show`, async () => {
      for (const [index, state] of states.entries()) {
        const answer = `error=${encodeURIComponent(error)}&error_description=${encodeURIComponent(description)}${state}`;
        // Another query each time: a new fragment alone loads nothing.
        const [title, visible, whole] = await shown(`?${index}&${answer}#${answer}`);
        expect(title).to.equal('Sign-in');
        expect(['', sentence]).to.include(visible);
        expect(whole).to.equal(sentence);
      }
    });
  }
});
