import { version } from '../../../common/version.ts';
import { GRAPH_VIEWS } from '../../../common/views.ts';
import { check } from './check.ts';
import { diffCommand } from './diffCommand.ts';
import { Told, UsageError } from './errors.ts';
import { graphCommand } from './graph.ts';
import { digestCommand, mergeCommand } from './incident.ts';
import { relations } from './relations.ts';
import { reportCommand } from './reportCommand.ts';
import { simulateCommand } from './simulate.ts';
import { err, out } from './terminal.ts';
import { COMMAND, ended } from './thread.ts';
import { USAGE, WORDS } from './words.ts';

/** A subcommand: gets the arguments behind its name and answers with the exit code. */
type Subcommand = (args: string[]) => Promise<number>;

const SUBCOMMANDS: Record<string, { run: Subcommand; usage: string }> = {
  check: {
    run: check,
    usage: 'check FILE|DIR|- … [--format text|json|sarif|ndjson] [--fail-on error|warning|never] [--fix|--diff]',
  },
  graph: { run: graphCommand, usage: `graph FILE [--view ${GRAPH_VIEWS.join('|')}] [--format svg|dot|json] [--output FILE]` },
  relations: { run: relations, usage: 'relations FILE|DIR|- … [--together] [--gc GC-LOG] [--format text|json]' },
  report: { run: reportCommand, usage: 'report FILE|DIR … [--format markdown|json|html]' },
  digest: { run: digestCommand, usage: 'digest FILE|DIR …' },
  merge: { run: mergeCommand, usage: 'merge DIGEST …' },
  diff: { run: diffCommand, usage: 'diff A B [--format text|svg|dot|json]' },
  simulate: {
    run: simulateCommand,
    usage:
      'simulate PLAN [--capacity N|feedback=N|FROM>TO=N] [--amplify OPERATOR=N] [--policy none|feedback-first|feedback-when-used] [--spill] [--records N] [--seed N] [--bound N] [--format text|json] [--plot FILE]',
  },
};

const HELP = WORDS.help([...Object.values(SUBCOMMANDS).map(({ usage }) => usage), 'lsp --stdio']);

async function run(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    out(HELP);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    out(`${version}\n`);
    return 0;
  }
  const command = SUBCOMMANDS[name];
  if (command === undefined) throw new UsageError(USAGE.unknownCommand(name));
  return command.run(rest);
}

/** The thread of a command, started and watched over by main.ts. */
run(COMMAND.args).then(ended, (error: unknown) => {
  if (!(error instanceof Told)) {
    const known = error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
    const message = error instanceof Error ? error.message : String(error);
    err(WORDS.line(known ? message : WORDS.internal((error as Error).stack ?? message)));
  }
  ended(2);
});
