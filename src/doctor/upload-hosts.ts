import type { Environment } from '../core/environments.js';

/** Regions of AWS by the code that Genesys uses in the names of its environments. */
const awsRegions: Readonly<Record<string, string>> = {
  usw2: 'us-west-2',
  cac1: 'ca-central-1',
  euw1: 'eu-west-1',
  euw2: 'eu-west-2',
  euc1: 'eu-central-1',
  euc2: 'eu-central-2',
  aps1: 'ap-south-1',
  apne1: 'ap-northeast-1',
  apne2: 'ap-northeast-2',
  apne3: 'ap-northeast-3',
  apse1: 'ap-southeast-1',
  apse2: 'ap-southeast-2',
  sae1: 'sa-east-1',
  mec1: 'me-central-1',
  mxc1: 'mx-central-1',
};

/** Where attachments are uploaded to; undefined where it is not known. */
export function uploadHostOf({ name }: Environment): string | undefined {
  if (name === 'prod') return 'https://shyrka-prod.s3.amazonaws.com';
  const region = awsRegions[name.replace(/^prod-/, '')];
  return region && `https://shyrka-${name}.s3.${region}.amazonaws.com`;
}
