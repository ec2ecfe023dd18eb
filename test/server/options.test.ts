import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOptions } from '../../demo/server/options.js';

const deploymentId = '3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10';

describe('the options of npm start', () => {
  it('have defaults', () => assert.deepEqual(readOptions([]), { port: 8080, origins: [] }));

  it('take the port from the environment, and the option first', () => {
    assert.deepEqual(readOptions([], '9000'), { port: 9000, origins: [] });
    assert.deepEqual(readOptions(['--port', '9100'], '9000'), { port: 9100, origins: [] });
  });

  it('take the origins of other servers, and a deployment', () =>
    assert.deepEqual(
      readOptions(['--origin', 'http://localhost:5173', '--origin=https://app.test', '--deployment', deploymentId]),
      { port: 8080, origins: ['http://localhost:5173', 'https://app.test'], deploymentId },
    ));

  for (const args of [
    ['--port', '0'],
    ['--port', 'many'],
    ['--port', '65532'],
    ['--origin', 'localhost:5173'],
    ['--origin', 'http://localhost:5173/'],
    ['--origin', 'http://localhost:5173/app'],
    ['--origin', 'file:///'],
    ['--deployment', 'mine'],
    ['--orgin', 'http://localhost:5173'],
    ['http://localhost:5173'],
  ]) {
    it(`say what is wrong: ${args.join(' ')}`, () => {
      const answer = readOptions(args);
      assert.ok(typeof answer === 'string');
      assert.match(answer, /npm start -- \[--port/);
    });
  }
});
