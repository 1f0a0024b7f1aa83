import { createRequire } from 'node:module';
import { version } from '../../../common/version.ts';
import { comesOverInput } from './digesting.ts';
import { UsageError } from './errors.ts';
import { similar } from './similar.ts';
import { runCommand } from './supervised.ts';
import { COMMAND_NAMES, type CommandName, help, isCommand } from './usage.ts';
import { USAGE, WORDS } from './words.ts';

// A reader that stops early ("| head") ends the program quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** A bundle beside this one: what most calls do not need is not read. */
const bundle = <T>(name: string): T => createRequire(__filename)(`./${name}`) as T;

const ASKS: ReadonlySet<string> = new Set(['help', '--help', '-h']);

/** @throws UsageError where there is no such command */
function known(name: string): CommandName {
  if (!isCommand(name)) throw new UsageError(USAGE.unknownCommand(name, similar(name, COMMAND_NAMES)));
  return name;
}

/** Answers by itself what needs no file, without what commands and server are made of. */
async function run([name, ...rest]: readonly string[]): Promise<number> {
  const [first] = rest;
  if (name === undefined || ASKS.has(name)) {
    process.stdout.write(help(first === undefined ? undefined : known(first)));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === 'lsp') return (await import('./lsp.ts')).lsp(rest);
  const command = known(name);
  if (rest.length === 1 && first !== undefined && ASKS.has(first)) {
    process.stdout.write(help(command));
    return 0;
  }
  if (command === 'completion') return (await import('./completion.ts')).completion(rest);
  if (command === 'digest' && comesOverInput(rest)) return (await import('./digestStream.ts')).digestStream(rest);
  return command === 'mcp' ? bundle<typeof import('./mcp.ts')>('mcp.js').mcp(rest) : runCommand(command, rest);
}

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = 2;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(WORDS.line(error instanceof UsageError ? message : WORDS.internal(message)));
  },
);
