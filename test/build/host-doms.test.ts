import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

/** DOMs in which hosts run their unit tests. They lack parts of the platform. */
const doms = {
  jsdom: `
    const { JSDOM } = await import('jsdom');
    const { window } = new JSDOM('<!doctype html><body></body>', { url: 'https://www.example.com/' });`,
  'happy-dom': `
    const { Window } = await import('happy-dom');
    const window = new Window({ url: 'https://www.example.com/' });`,
};

/** As the test runners do, which make the members of the window global. */
const script = `
  for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
  for (const name of ['Event', 'CustomEvent', 'EventTarget']) globalThis[name] = window[name];
  await import('gc-auth-messenger/define.js');
  const element = document.createElement('gc-auth-messenger');
  const next = (name) => new Promise((resolve) => element.addEventListener(name, resolve, { once: true }));
  const error = next('gc-error');
  element.addEventListener('gc-error', (event) => event.preventDefault());
  element.setAttribute('deployment-id', 'x');
  document.body.append(element);
  console.log((await error).detail.code);
  const change = next('gc-state-change');
  element.setAttribute('deployment-id', '3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10');
  element.setAttribute('environment', 'prod-euw1');
  element.setAttribute('authority', 'https://login.example.com');
  element.setAttribute('client-id', 'messenger-web');
  console.log((await change).detail.state);
  element.remove();
  await new Promise((resolve) => setTimeout(resolve));
  process.exit();`;

describe('the DOMs of unit tests', () => {
  for (const [name, dom] of Object.entries(doms)) {
    it(`${name} runs the element without an exception`, async () => {
      const args = ['--input-type=module', '--eval', dom + script];
      const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
      assert.deepEqual([stdout, stderr], ['config-invalid\nloading\n', '']);
    });
  }
});
