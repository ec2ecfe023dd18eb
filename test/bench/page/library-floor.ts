import { InMemoryWebStorage, OidcClient, WebStorageStateStore } from 'oidc-client-ts';
import { endpoints, page, type Contestant, type Setup } from './contestant.js';
import { answerInFrame, secret } from './floor.js';

/**
 * The floor with what the element stands on: oidc-client-ts makes the request and reads its answer, and the callback page
 * has its script in a file, because a strict Content-Security-Policy allows none in the page.
 */
export function libraryFloor({ authority, clientId }: Setup): Contestant {
  const client = new OidcClient({
    authority,
    client_id: clientId,
    redirect_uri: page('floor-with-file.html'),
    response_mode: 'fragment',
    metadata: endpoints(authority),
    stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
  });
  const ask = async (): Promise<string> => {
    const { url } = await client.createSigninRequest({ prompt: 'none', nonce: secret() });
    const answer = await answerInFrame(url, String(new URL(url).searchParams.get('state')));
    const { response } = await client.readSigninResponseState(`${page('floor-with-file.html')}#${answer}`, true);
    if (!response.code) throw new Error(String(response.error));
    return response.code;
  };
  return { ask };
}
