import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
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

export async function bytesOf(source: Source): Promise<Uint8Array> {
  const stream = source.path === '-' ? process.stdin : createReadStream(source.path);
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new UsageError(`${source.path}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}
