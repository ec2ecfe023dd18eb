#!/usr/bin/env node
import { csp } from './csp.js';
import { doctor } from './doctor.js';
import { fail, print } from './output.js';

/** The command line. One file a command. */
const commands: Readonly<Record<string, (args: string[]) => number | Promise<number>>> = { csp, doctor };

const help = `Usage: gc-auth-messenger <command> [options]

  csp        The Content-Security-Policy of the page and of the callback page
  doctor     What is wrong with a set-up, and what to do about it

gc-auth-messenger <command> --help lists the options of a command.`;

function run([name = '', ...args]: string[]): number | Promise<number> {
  if (name === '' || name === '--help' || name === 'help') {
    print(help);
    return name === '' ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return command ? command(args) : fail(`There is no command ${name}.\n\n${help}`);
}

process.exitCode = await run(process.argv.slice(2));
