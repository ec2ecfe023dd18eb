/** A Genesys Cloud environment, as the snippet names it, and its domain. */
export interface Environment {
  readonly name: string;
  readonly domain: string;
}

/** Regions named by the rule: `usw2` is the environment `prod-usw2` at `usw2.pure.cloud`. */
const regions = 'usw2 cac1 euw2 euc2 aps1 apne2 apne3 apse1 sae1 mec1 mxc1'.split(' ');

/** @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/ */
const environments: readonly Environment[] = [
  { name: 'prod', domain: 'mypurecloud.com' },
  { name: 'prod-euw1', domain: 'mypurecloud.ie' },
  { name: 'prod-euc1', domain: 'mypurecloud.de' },
  { name: 'prod-apne1', domain: 'mypurecloud.jp' },
  { name: 'prod-apse2', domain: 'mypurecloud.com.au' },
  { name: 'fedramp-use2-core', domain: 'use2.us-gov-pure.cloud' },
  { name: 'eusc-edee1-core', domain: 'edee1.eusc-pure.cloud' },
  ...regions.map((region) => ({ name: `prod-${region}`, domain: `${region}.pure.cloud` })),
];

/** The environment of a name, a short alias (`euw1`, `use1`) or a domain; undefined when there is no such one. */
export function readEnvironment(text: string): Environment | undefined {
  const wanted = text
    .trim()
    .toLowerCase()
    .replace(/^(prod-)?use1$/, 'prod');
  return environments.find(({ name, domain }) => [name, name.replace(/^prod-|-core$/g, ''), domain].includes(wanted));
}
