import type { COMMON_OPTIONS, Options } from './options.ts';
import { COMMON_HELP, HELP } from './words.ts';

/** What is told of a command; the options are those that it takes. */
export interface CommandWords<O> {
  /** What stands behind its name. */
  takes: string;
  /** One sentence. */
  does: string;
  options: { readonly [Name in Exclude<keyof O, keyof typeof COMMON_OPTIONS>]: string };
  /** Commands as a person would type them, and what they are for. */
  examples: readonly (readonly [command: string, what: string])[];
}

/** A subcommand as it is told of. */
export interface Subcommand {
  options: Options;
  words: CommandWords<Record<string, unknown>>;
}

/** The compiler holds the words to the options. */
export const subcommand = <O extends Options>(options: O, words: CommandWords<O>): Subcommand => ({
  options,
  words: words as CommandWords<Record<string, unknown>>,
});

/** `logjam help`: the commands, a line each. */
export function commandList(commands: Readonly<Record<string, Subcommand>>): string {
  const lines = Object.entries(commands).map(([name, { words }]) => [name, words.does] as const);
  return HELP.commands(columns([...lines, ['lsp', HELP.lsp], ['help', HELP.help]]));
}

/** `logjam help COMMAND`. */
export function commandHelp(name: string, { options, words }: Subcommand): string {
  const texts: Readonly<Record<string, string>> = { ...words.options, ...COMMON_HELP };
  const lines = Object.entries(options).map(([option, { short, type }]) => {
    const flags = `${short === undefined ? '' : `-${short}, `}--${option}`;
    return [type === 'string' ? `${flags} ${HELP.value}` : flags, texts[option] ?? ''] as const;
  });
  return HELP.command({
    usage: `logjam ${name} ${words.takes}`,
    does: words.does,
    options: columns(lines),
    examples: words.examples.map(([command, what]) => `  ${command}\n      ${what}\n`).join(''),
  });
}

function columns(lines: readonly (readonly [left: string, right: string])[]): string {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
}
