import { commandHelp, commandList, type Subcommand, subcommand } from './help.ts';
import { HELP_OF } from './helpWords.ts';
import {
  ASK_OPTIONS,
  CHECK_OPTIONS,
  COLLECT_OPTIONS,
  COMMON_OPTIONS,
  DIFF_OPTIONS,
  DIGEST_OPTIONS,
  GRAPH_OPTIONS,
  MCP_OPTIONS,
  type Options,
  RELATIONS_OPTIONS,
  REPORT_OPTIONS,
  SIMULATE_OPTIONS,
  WATCH_OPTIONS,
} from './options.ts';

/** The subcommands, in the order in which help lists them. */
const SUBCOMMANDS = {
  check: subcommand(CHECK_OPTIONS, HELP_OF.check),
  report: subcommand(REPORT_OPTIONS, HELP_OF.report),
  collect: subcommand(COLLECT_OPTIONS, HELP_OF.collect),
  watch: subcommand(WATCH_OPTIONS, HELP_OF.watch),
  graph: subcommand(GRAPH_OPTIONS, HELP_OF.graph),
  relations: subcommand(RELATIONS_OPTIONS, HELP_OF.relations),
  diff: subcommand(DIFF_OPTIONS, HELP_OF.diff),
  simulate: subcommand(SIMULATE_OPTIONS, HELP_OF.simulate),
  explain: subcommand({}, HELP_OF.explain),
  ask: subcommand(ASK_OPTIONS, HELP_OF.ask),
  mcp: subcommand(MCP_OPTIONS, HELP_OF.mcp),
  completion: subcommand({}, HELP_OF.completion),
  digest: subcommand(DIGEST_OPTIONS, HELP_OF.digest),
  merge: subcommand(COMMON_OPTIONS, HELP_OF.merge),
} satisfies Record<string, Subcommand>;

export type CommandName = keyof typeof SUBCOMMANDS;

export const COMMAND_NAMES: readonly string[] = Object.keys(SUBCOMMANDS);

export const isCommand = (name: string): name is CommandName => Object.hasOwn(SUBCOMMANDS, name);

/** What `logjam help` answers, or `logjam help COMMAND`. */
export const help = (name?: CommandName): string => (name === undefined ? commandList(SUBCOMMANDS) : commandHelp(name, SUBCOMMANDS[name]));

/** What each command does, in a sentence. */
export const sentencesOf = (): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(SUBCOMMANDS).map(([name, { words }]) => [name, words.does]));

/** The options of a command; `value`: one stands behind it. */
export const optionsOf = (name: string): { long: string; short: string | null; value: boolean }[] =>
  isCommand(name)
    ? Object.entries<Options[string]>(SUBCOMMANDS[name].options).map(([long, { short, type }]) => ({
        long,
        short: short ?? null,
        value: type === 'string',
      }))
    : [];
