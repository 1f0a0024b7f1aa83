import { comesOverInput } from './digesting.ts';
import { Told, UsageError } from './errors.ts';
import { err, finish } from './terminal.ts';
import { COMMAND, ended } from './thread.ts';
import type { CommandName } from './usage.ts';
import { withWildcards } from './wildcards.ts';
import { WORDS } from './words.ts';

/** A subcommand gets the arguments behind its name and answers with the exit code. */
type Subcommand = (args: string[]) => Promise<number>;

/** Those that main.ts does not answer by itself. */
type ThreadCommand = Exclude<CommandName, 'mcp' | 'completion'>;

/** Each is loaded when it is called. */
const SUBCOMMANDS: Record<ThreadCommand, () => Promise<Subcommand>> = {
  check: async () => (await import('./check.ts')).check,
  graph: async () => (await import('./graph.ts')).graphCommand,
  relations: async () => (await import('./relations.ts')).relations,
  report: async () => (await import('./reportCommand.ts')).reportCommand,
  collect: async () => (await import('./collectCommand.ts')).collectCommand,
  watch: async () => (await import('./watchCommand.ts')).watchCommand,
  explain: async () => (await import('./explain.ts')).explain,
  ask: async () => (await import('./ask.ts')).ask,
  digest: async () => (await import('./incident.ts')).digestCommand,
  merge: async () => (await import('./incident.ts')).mergeCommand,
  diff: async () => (await import('./diffCommand.ts')).diffCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
};

/** The thread of a command, started and watched over by main.ts. `keep`: see cached.ts. */
export function start(keep: () => void): void {
  const { name, args } = COMMAND;
  if (name === 'mcp') {
    void import('./mcpThread.ts').then(({ serve }) => serve(COMMAND, keep));
    return;
  }
  if (name === 'digest' && comesOverInput(args)) {
    void import('./digestThread.ts').then(({ serveDigests }) => serveDigests(COMMAND, keep));
    return;
  }
  const end = (code: number): void => {
    keep();
    ended(code);
  };
  const run = async () => {
    const code = await (await SUBCOMMANDS[name as ThreadCommand]())(await withWildcards(args, process.platform));
    await finish();
    return code;
  };
  run().then(end, (error: unknown) => {
    if (!(error instanceof Told)) {
      const known = error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
      const message = error instanceof Error ? error.message : String(error);
      err(WORDS.line(known ? firstSentence(message) : WORDS.internal((error as Error).stack ?? message)));
    }
    end(2);
  });
}

/** What Node says behind its complaint about an option is of no use here. */
const firstSentence = (text: string): string => text.split('. ')[0] ?? text;
