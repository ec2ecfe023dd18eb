#!/usr/bin/env node
import { csp } from './csp.js';
import { fail, print } from './output.js';

/** The command line. One file a command. */
const commands: Readonly<Record<string, (args: string[]) => number>> = { csp };

const help = `Usage: gc-auth-messenger <command> [options]

  csp        The Content-Security-Policy of the page and of the callback page

gc-auth-messenger <command> --help lists the options of a command.`;

function run([name = '', ...args]: string[]): number {
  if (name === '' || name === '--help' || name === 'help') {
    print(help);
    return name === '' ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return command ? command(args) : fail(`There is no command ${name}.\n\n${help}`);
}

process.exitCode = run(process.argv.slice(2));
