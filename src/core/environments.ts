/** A Genesys Cloud environment. */
export interface Environment {
  /** Its name in the Messenger snippet, such as `prod-euw1`. */
  readonly name: string;
  /** Its domain, such as `mypurecloud.ie`. */
  readonly domain: string;
}

/** Regions that follow one pattern: `usw2` is the environment `prod-usw2` with the domain `usw2.pure.cloud`. */
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

/** The oldest regions have a second domain, of the pattern that the newer ones follow. */
const secondDomains: Readonly<Record<string, string>> = {
  prod: 'use1.pure.cloud',
  'prod-euw1': 'euw1.pure.cloud',
  'prod-euc1': 'euc1.pure.cloud',
  'prod-apne1': 'apne1.pure.cloud',
  'prod-apse2': 'apse2.pure.cloud',
};

/** The domains of an environment, the one that the element uses first. */
export const domainsOf = ({ name, domain }: Environment): readonly string[] =>
  [domain, secondDomains[name]].filter((each) => each !== undefined);

export const allEnvironments = (): readonly Environment[] => environments;

/** Finds an environment by its name, alias (`euw1`, `use1`) or domain, in any letter case; undefined when there is none. */
export function readEnvironment(text: string): Environment | undefined {
  const key = text
    .trim()
    .toLowerCase()
    .replace(/^(prod-)?use1$/, 'prod');
  return environments.find((environment) => {
    const { name } = environment;
    return [name, name.replace(/^prod-|-core$/g, ''), ...domainsOf(environment)].includes(key);
  });
}
