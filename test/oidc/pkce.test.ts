import { expect } from '@open-wc/testing';
import { SigninState } from 'oidc-client-ts';
import { base64url, challengeOf, createSecret } from '../../src/oidc/pkce.js';

const client = {
  authority: 'https://login.example.com',
  client_id: 'c',
  redirect_uri: 'https://a.example',
  scope: 'openid',
};

describe('PKCE', () => {
  it('answers the example of RFC 7636, appendix B', async () => {
    const octets = [
      116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240,
      91, 88, 5, 88, 83, 132, 141, 121,
    ];
    const verifier = base64url(Uint8Array.from(octets));
    expect(verifier).to.equal('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
    expect(await challengeOf(verifier)).to.equal('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('agrees with oidc-client-ts', async () => {
    for (let round = 0; round < 20; round++) {
      const verifier = createSecret();
      const oracle = await SigninState.create({ ...client, code_verifier: verifier });
      expect(await challengeOf(verifier)).to.equal(oracle.code_challenge);
    }
  });

  it('makes verifiers as RFC 7636 §4.1 wants them, each another', () => {
    const secrets = Array.from({ length: 100 }, createSecret);
    for (const secret of secrets) expect(secret).to.match(/^[\w-]{43}$/);
    expect(new Set(secrets).size).to.equal(100);
  });
});
