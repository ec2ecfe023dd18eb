import type { Environment } from '../core/environments.js';

/** Genesys shortens the names of AWS regions: `apne1` is `ap-northeast-1`. */
const directions: Readonly<Record<string, string>> = {
  c: 'central',
  e: 'east',
  ne: 'northeast',
  s: 'south',
  se: 'southeast',
  w: 'west',
};

/**
 * Where attachments are uploaded to: the bucket that Genesys' own policies name. They say nothing of `prod-apse1` and
 * `prod-mxc1`, whose buckets follow the pattern of the others. Undefined where there is no such bucket
 * (`eusc-edee1-core`): that cloud is not part of the AWS regions.
 *
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/contentSecurityPolicy
 */
export function uploadHostOf({ name }: Environment): string | undefined {
  if (name === 'prod') return 'https://shyrka-prod.s3.amazonaws.com';
  const [, kind, area, direction = '', number] =
    /^(prod|fedramp)-([a-z]{2})([a-z]{1,2})(\d)(?:-core)?$/.exec(name) ?? [];
  // FedRAMP wants endpoints with validated cryptography (FIPS 140).
  const service = kind === 'fedramp' ? 's3-fips' : 's3';
  return kind && `https://shyrka-${name}.${service}.${area}-${directions[direction]}-${number}.amazonaws.com`;
}
