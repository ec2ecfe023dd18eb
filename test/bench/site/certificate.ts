import { createHash, createPublicKey } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /**
   * For `--ignore-certificate-errors-spki-list`. Ignoring errors in general would not do: Chromium caches nothing that
   * came with a certificate error.
   */
  readonly publicKeyHash: string;
}

/** Made anew for every run and never written anywhere. */
export async function createCertificate(): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'bench' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  const publicKey = createPublicKey(cert).export({ type: 'spki', format: 'der' });
  return { key, cert, publicKeyHash: createHash('sha256').update(publicKey).digest('base64') };
}
