import { endpoints, page, type Contestant, type Setup } from './contestant.js';

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (char) => ({ '+': '-', '/': '_' })[char] ?? '');

export const secret = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** Sends a hidden frame to the provider, and takes what its callback page posts. */
export const answerInFrame = (url: string, state: string): Promise<URLSearchParams> =>
  new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.src = url;
    addEventListener('message', function hear({ source, origin, data }: MessageEvent<unknown>) {
      if (source !== frame.contentWindow || origin !== location.origin) return;
      const answer = new URLSearchParams(String(data).slice(1));
      if (answer.get('state') !== state) return;
      removeEventListener('message', hear);
      // Not before the code is in hand: taking a document down takes time.
      setTimeout(() => frame.remove());
      resolve(answer);
    });
    document.body.append(frame);
  });

/** The least that can be done: one frame, answer in the fragment, a static callback page from the cache, few checks. */
export function floor({ authority, clientId }: Setup): Contestant {
  const ask = async (): Promise<string> => {
    const [state, verifier] = [secret(), secret()];
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: page('floor.html'),
      response_type: 'code',
      response_mode: 'fragment',
      scope: 'openid',
      prompt: 'none',
      state,
      nonce: secret(),
      code_challenge: base64url(new Uint8Array(digest)),
      code_challenge_method: 'S256',
    });
    const answer = await answerInFrame(`${endpoints(authority).authorization_endpoint}?${query}`, state);
    const code = answer.get('code');
    if (!code) throw new Error(String(answer.get('error')));
    return code;
  };
  return { ask };
}
