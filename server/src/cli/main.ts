import { UsageError } from './errors.ts';
import { lsp } from './lsp.ts';
import { runCommand } from './supervised.ts';
import { WORDS } from './words.ts';

// A reader that stops early ("| head") ends the program quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const [name, ...rest] = process.argv.slice(2);
(name === 'lsp' ? lsp(rest) : runCommand(process.argv.slice(2))).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = 2;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(WORDS.line(error instanceof UsageError ? message : WORDS.internal(message)));
  },
);
