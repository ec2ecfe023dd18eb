import { expect } from '@open-wc/testing';
import { readEnvironment } from '../../src/core/environments.js';

describe('readEnvironment()', () => {
  const rows: ReadonlyArray<readonly [written: string, name: string, domain: string]> = [
    ['prod', 'prod', 'mypurecloud.com'],
    ['use1', 'prod', 'mypurecloud.com'],
    ['prod-use1', 'prod', 'mypurecloud.com'],
    ['prod-usw2', 'prod-usw2', 'usw2.pure.cloud'],
    ['cac1', 'prod-cac1', 'cac1.pure.cloud'],
    ['prod-euw1', 'prod-euw1', 'mypurecloud.ie'],
    [' EUW1 ', 'prod-euw1', 'mypurecloud.ie'],
    ['euw2', 'prod-euw2', 'euw2.pure.cloud'],
    ['euc1', 'prod-euc1', 'mypurecloud.de'],
    ['euc2', 'prod-euc2', 'euc2.pure.cloud'],
    ['aps1', 'prod-aps1', 'aps1.pure.cloud'],
    ['apne1', 'prod-apne1', 'mypurecloud.jp'],
    ['apne2', 'prod-apne2', 'apne2.pure.cloud'],
    ['apne3', 'prod-apne3', 'apne3.pure.cloud'],
    ['apse1', 'prod-apse1', 'apse1.pure.cloud'],
    ['apse2', 'prod-apse2', 'mypurecloud.com.au'],
    ['sae1', 'prod-sae1', 'sae1.pure.cloud'],
    ['mec1', 'prod-mec1', 'mec1.pure.cloud'],
    ['mxc1', 'prod-mxc1', 'mxc1.pure.cloud'],
    ['fedramp-use2', 'fedramp-use2-core', 'use2.us-gov-pure.cloud'],
    ['fedramp-use2-core', 'fedramp-use2-core', 'use2.us-gov-pure.cloud'],
    ['eusc-edee1-core', 'eusc-edee1-core', 'edee1.eusc-pure.cloud'],
    ['mypurecloud.ie', 'prod-euw1', 'mypurecloud.ie'],
    ['euw1.pure.cloud', 'prod-euw1', 'mypurecloud.ie'],
    ['use1.pure.cloud', 'prod', 'mypurecloud.com'],
    ['euc1.pure.cloud', 'prod-euc1', 'mypurecloud.de'],
    ['apne1.pure.cloud', 'prod-apne1', 'mypurecloud.jp'],
    ['apse2.pure.cloud', 'prod-apse2', 'mypurecloud.com.au'],
    ['MyPureCloud.com', 'prod', 'mypurecloud.com'],
    ['use2.us-gov-pure.cloud', 'fedramp-use2-core', 'use2.us-gov-pure.cloud'],
  ];
  for (const [written, name, domain] of rows) {
    it(`“${written}” is ${name} with ${domain}`, () => expect(readEnvironment(written)).to.eql({ name, domain }));
  }

  for (const written of [
    '',
    'prod-mars',
    'purecloud.ie',
    'apps.mypurecloud.ie',
    'toString',
    'constructor',
    '__proto__',
    'hasOwnProperty',
    'length',
    'use1-x',
    'x-use1',
    'euw1-prod-',
    'fedramp-core-use2',
    '0',
  ]) {
    it(`“${written}” is unknown`, () => expect(readEnvironment(written)).to.equal(undefined));
  }
});
