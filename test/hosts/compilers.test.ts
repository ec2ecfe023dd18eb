import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { samples } from '../build/consumer-samples.js';
import { installPackages, newFolder, pack } from './install.js';

/** The oldest version that the types support, the last ones of JavaScript, and the native one. */
const versions = ['5.4.5', '5.9.3', '7.0.2'];

const modes = [
  { module: 'node16', moduleResolution: 'node16', skipLibCheck: false },
  { module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: true },
  { module: 'esnext', moduleResolution: 'bundler', skipLibCheck: false },
];

const shared = {
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  noEmit: true,
};

describe('a project that has installed the package', () => {
  before(pack);

  for (const version of versions) {
    it(`compiles with TypeScript ${version}, however it resolves modules`, async () => {
      const folder = await newFolder(`typescript-${version}`);
      const manifest = {
        type: 'module',
        private: true,
        dependencies: { 'gc-auth-messenger': 'file:../../gc-auth-messenger-0.1.0.tgz', typescript: version },
      };
      await installPackages(folder, JSON.stringify(manifest));
      // A program each: one sample that imports more would bring types to the others.
      for (const [index, code] of Object.values(samples).entries()) {
        const project = join(folder, `sample-${index}`);
        await mkdir(project);
        await writeFile(join(project, 'sample.ts'), code);
        // Modes differ in how they find the entries, so one sample for each of them is enough.
        for (const mode of index === 0 ? modes : modes.slice(-1)) {
          const config = { compilerOptions: { ...shared, ...mode }, files: ['sample.ts'] };
          await writeFile(join(project, 'tsconfig.json'), JSON.stringify(config));
          assert.equal(await faultsOf(folder, project), '', `${mode.moduleResolution}: ${code}`);
        }
      }
      const wrong = join(folder, 'sample-0');
      await writeFile(
        join(wrong, 'sample.ts'),
        `import type { Missing } from 'gc-auth-messenger'; export type A = Missing;`,
      );
      assert.match(await faultsOf(folder, wrong), /Missing/, 'would fail on a name that does not exist');
      await rm(wrong, { recursive: true });
    });
  }
});

const faultsOf = (folder: string, project: string): Promise<string> =>
  promisify(execFile)(process.execPath, [join(folder, 'node_modules/typescript/bin/tsc'), '-p', project]).then(
    () => '',
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
