import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFileTexts, readStreamTexts } from '../io/nodeFile.ts';
import type { NamedText } from '../io/texts.ts';
import { UsageError } from './errors.ts';

/** A file to look at, as named by the user or found in a folder that the user named. */
export interface Source {
  /** As it is shown: relative to where the user stands, "-" for standard input. */
  path: string;
  /** True when the user named this very file: then being unreadable is an error, not a shrug. */
  named: boolean;
}

const SKIPPED = new Set(['node_modules', '.git', '.vscode-test']);

/** Files behind the arguments, folders expanded in the order of their names. */
export async function sources(args: readonly string[]): Promise<Source[]> {
  if (args.length === 0) throw new UsageError('no file given ("-" reads standard input)');
  const found: Source[] = [];
  for (const arg of args) {
    if (arg === '-') {
      found.push({ path: '-', named: true });
      continue;
    }
    const info = await stat(arg).catch(() => null);
    if (info === null) throw new UsageError(`${arg}: no such file or directory`);
    if (info.isDirectory()) await walk(arg, found);
    else found.push({ path: arg, named: true });
  }
  return found;
}

async function walk(folder: string, found: Source[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) await walk(full, found);
    } else if (entry.isFile()) found.push({ path: full, named: false });
  }
}

/** The texts of a source: one, or those of an archive. What could not be read is told on stderr. */
export async function textsOf(source: Source): Promise<NamedText[]> {
  try {
    const { texts, problems, binary } = source.path === '-' ? await readStreamTexts('-') : await readFileTexts(source.path);
    if (texts.length === 0 && source.named) throw new UsageError(problems[0] ?? `${source.path}: no text`);
    if (source.named) for (const problem of [...problems, ...binary.map((name) => `${name}: no text`)]) process.stderr.write(`logjam: ${problem}\n`);
    return texts;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${source.path}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`);
  }
}

/** The one text of a command that takes a single file. */
export async function oneText(args: readonly string[], command: string): Promise<NamedText & { uri: string }> {
  const [source, more] = await sources(args);
  if (source === undefined || more !== undefined) throw new UsageError(`${command} takes exactly one file`);
  const [text] = await textsOf(source);
  if (text === undefined) throw new UsageError(`${source.path}: no text`);
  return { ...text, uri: uriOf(source) };
}

export function uriOf({ path: name }: Source): string {
  return name === '-' ? 'untitled:stdin' : pathToFileURL(name).href;
}
