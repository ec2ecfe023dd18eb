#!/usr/bin/env node
import { createRequire } from 'node:module';
import { csp } from './csp.js';
import { doctor } from './doctor.js';
import { closest, fail, print } from './output.js';

/** The command line. One file a command. */
const commands: Readonly<Record<string, (args: string[]) => number | Promise<number>>> = { csp, doctor };

const help = `Usage: gc-auth-messenger <command> [options]

  csp        The Content-Security-Policy of the page and of the callback page
  doctor     What is wrong with a set-up, and what to do about it

gc-auth-messenger <command> --help lists the options of a command.
gc-auth-messenger --version prints the version of the package.`;

const moreNames = ['help', '--help', '--version'];

async function run([name = '', ...args]: string[]): Promise<number> {
  if (name === '--version' || name === '-v') {
    // By its name, because the sources are in another folder than what is built of them.
    const { version } = createRequire(import.meta.url)('gc-auth-messenger/package.json') as { version: string };
    print(version);
    return 0;
  }
  const [topic] = args;
  if (name === 'help' && topic !== undefined) return run([topic, '--help']);
  if (['', 'help', '--help', '-h'].includes(name)) {
    print(help);
    return name === '' ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command(args);
  const known = closest(name, [...Object.keys(commands), ...moreNames]);
  return fail(`There is no command ${name}.${known ? ` Did you mean ${known}?` : ''}\n\n${help}`);
}

/** Says in one sentence what nobody expected. A stack trace tells nothing to the person at the terminal. */
function stopped(error: unknown): void {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  process.exitCode = fail(`gc-auth-messenger stopped: ${reason.replace(/\.$/, '')}.`);
}

// Once, because standard error may be what failed.
process.once('uncaughtException', stopped);
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  stopped(error);
}
