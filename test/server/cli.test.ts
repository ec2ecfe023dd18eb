import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';

interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...args: string[]): Promise<Answer> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

const longestLine = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('the command line', () => {
  it('prints both policies within 80 columns, without colours', async () => {
    const { exitCode, stdout } = await run('csp', '--environment', 'euw1', '--authority', 'https://login.example.com');
    assert.equal(exitCode, 0);
    assert.match(stdout, /Page:[^]*script-src[^]*wss:\/\/webmessaging\.mypurecloud\.ie[^]*Callback page:/);
    assert.ok(longestLine(stdout) <= 80);
    // eslint-disable-next-line no-control-regex -- the start of a colour
    assert.doesNotMatch(stdout, /\u001b/);
  });

  it('prints JSON', async () => {
    const { stdout } = await run('csp', '--environment', 'euw1', '--json');
    const policies = JSON.parse(stdout) as Record<string, Record<string, string[]>>;
    assert.deepEqual(Object.keys(policies), ['page', 'callback']);
    assert.ok(policies['page']?.['script-src']?.includes('https://apps.mypurecloud.ie'));
  });

  it('lists its commands and their options within 80 columns', async () => {
    for (const args of [['--help'], ['csp', '--help']]) {
      const { exitCode, stdout } = await run(...args);
      assert.equal(exitCode, 0);
      assert.ok(longestLine(stdout) <= 80);
    }
  });

  for (const [args, wanted] of [
    [[], /Usage/],
    [['cps'], /no command cps/],
    [['csp'], /--environment is required/],
    [['csp', '--enviroment', 'euw1'], /no option --enviroment\. Did you mean --environment\?/],
    [['csp', '--environment', 'mars'], /Option environment: found “mars”/],
  ] as const) {
    it(`exits with 2 and says what is wrong: ${args.join(' ')}`, async () => {
      const { exitCode, stdout, stderr } = await run(...args);
      assert.equal(exitCode, 2);
      assert.match(stdout + stderr, wanted);
    });
  }
});
