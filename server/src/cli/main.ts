import { version } from '../../../common/version.ts';
import { UsageError } from './errors.ts';
import { runCommand } from './supervised.ts';
import { HELP, isCommand } from './usage.ts';
import { USAGE, WORDS } from './words.ts';

// A reader that stops early ("| head") ends the program quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** Answers by itself what needs no file, without what commands and server are made of. */
async function run(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === 'lsp') return (await import('./lsp.ts')).lsp(rest);
  if (!isCommand(name)) throw new UsageError(USAGE.unknownCommand(name));
  return runCommand(name, rest);
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
