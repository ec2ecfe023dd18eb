import { expect } from '@open-wc/testing';
import { Log, Logger } from 'oidc-client-ts';
import { firstValueFrom } from 'rxjs';
import type { CodeGrant } from '../../../src/core/grant.js';
import { redactText } from '../../../src/core/redact.js';
import { createCodePort } from '../../../src/oidc/code-port.js';
import { logLibrary } from '../../../src/oidc/provider/library-log.js';
import { oidcConfig } from '../../support/oidc-config.js';

describe('the log of oidc-client-ts', () => {
  afterEach(() => Log.reset());

  it('goes to the debug log without state, verifier, nonce or code', async () => {
    const lines: string[] = [];
    const port = createCodePort(oidcConfig(), window, {
      log: (line, detail) => lines.push(`${line} ${JSON.stringify(detail)}`),
    });
    const { authCode, codeVerifier = '', nonce = '' } = (await firstValueFrom(port.silent())) as CodeGrant;
    const state = authCode.replace('code-of-', '').split(';')[0]!;
    expect(lines.join('\n')).to.contain('[OidcClient] createSigninRequest').and.to.contain('[WebStorageStateStore]');
    for (const secret of [state, codeVerifier, nonce, authCode]) expect(lines.join('\n')).not.to.contain(secret);
    // Nor is any of them in what is written later.
    expect(redactText([state, codeVerifier, nonce, authCode].join(' '))).to.equal('… … … …');
  });

  it('is silent unless it is asked for', async () => {
    const printed: unknown[] = [];
    const { debug } = console;
    console.debug = (...args: unknown[]) => printed.push(args);
    try {
      await firstValueFrom(createCodePort(oidcConfig(), window).silent());
    } finally {
      console.debug = debug;
    }
    expect(printed).to.deep.equal([]);
  });

  it('shows errors, but not what looks like a token in them', () => {
    const seen: unknown[] = [];
    logLibrary((line, detail) => seen.push(line, detail));
    const token = `eyJhbGciOiJIUzI1NiJ9.${'a'.repeat(30)}.${'b'.repeat(30)}`;
    new Logger('JsonService').error('Error from server:', {
      error: 'invalid',
      access_token: token,
      text: `of ${token}`,
    });
    expect(JSON.stringify(seen)).to.contain('JsonService').and.to.contain('invalid').and.not.to.contain(token);
  });
});
