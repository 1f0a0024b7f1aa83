import { styleText } from 'node:util';
import { jsonText, visible } from '../../../common/visible.ts';
import { endingCut } from '../core/wording.ts';
import { replaceFile } from '../io/replaceFile.ts';
import { reason } from '../workspace/gather.ts';
import { asciiJson, mayMisread } from './charset.ts';
import { UsageError } from './errors.ts';
import { COMMAND, write } from './thread.ts';
import { USAGE } from './words.ts';

/** How a part of a line looks where a person reads it; without colours it says the same. */
export type Style = 'error' | 'warning' | 'info' | 'hint' | 'strong' | 'faint';

/** A text, or one with its style. */
export type Part = string | readonly [Style, string];

const STYLES = { error: ['bold', 'red'], warning: ['bold', 'yellow'], info: 'cyan', hint: 'gray', strong: 'bold', faint: 'gray' } as const;

/** What is overwritten must not wrap; most terminals have a column more. */
const WIDTH = 79;

/** The conventions of no-color.org and force-color.org, and terminals that say that they have none. */
const { NO_COLOR = '', FORCE_COLOR = '', TERM } = process.env;
const colours = NO_COLOR === '' && (FORCE_COLOR !== '' || (COMMAND.terminal.out && TERM !== 'dumb'));

/** The file that takes the output in place of standard output, with what it is given so far. */
let kept: { file: string; pieces: (string | Uint8Array)[] } | null = null;
let quiet = false;
/** Progress stands on the line at which the terminal is. */
let shown = false;

/** Where a command's output goes, and whether progress is shown; nothing was written yet. */
export function direct(options: { output?: string | undefined; quiet: boolean }): void {
  kept = options.output === undefined ? null : { file: options.output, pieces: [] };
  quiet = options.quiet;
}

/** The ways to standard output and standard error: what files say reaches a terminal as text, nothing in it acts. */
export const out = (text: string): void => put(visible(text));

export const err = (text: string): void => {
  clear();
  write('err', visible(text));
};

/** JSON for another program, on a line of its own. */
export function outJson(value: unknown, space?: number): void {
  const text = `${jsonText(value, space)}\n`;
  out(kept === null && !COMMAND.terminal.out && mayMisread(process) ? asciiJson(text) : text);
}

export function outStyled(parts: readonly Part[]): void {
  put(parts.map((part) => (typeof part === 'string' ? visible(part) : styled(part))).join(''));
}

const styled = ([style, text]: readonly [Style, string]): string =>
  colours && kept === null ? styleText([STYLES[style]].flat(), visible(text), { validateStream: false }) : visible(text);

/** What another program takes in: to the byte as it is, unless a person reads it at a terminal. */
export function outExact(bytes: Uint8Array): void {
  put(COMMAND.terminal.out && kept === null ? visible(new TextDecoder().decode(bytes)) : bytes);
}

function put(piece: string | Uint8Array): void {
  if (kept !== null) kept.pieces.push(piece);
  else {
    clear();
    write('out', piece);
  }
}

/** Somebody sees how the work goes on. */
export const isWatched = (): boolean => !quiet && COMMAND.terminal.err;

/** What is being worked on, on one line that the next one overwrites; nothing where no terminal shows it. */
export function progress(text: string): void {
  if (!isWatched()) return;
  clear();
  if (text === '') return;
  write('err', endingCut(visible(text))(WIDTH));
  shown = true;
}

function clear(): void {
  if (shown) write('err', '\r\x1b[K');
  shown = false;
}

/** The command has ended: the file of `--output` is written. */
export async function finish(): Promise<void> {
  clear();
  if (kept === null) return;
  const { file, pieces } = kept;
  kept = null;
  await save(file, Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))));
}

/** @throws UsageError where the file cannot be written */
export async function save(file: string, content: string | Uint8Array): Promise<void> {
  await replaceFile(file, content).catch((error: unknown) => {
    throw new UsageError(USAGE.notWritten(file, reason(error)));
  });
}
