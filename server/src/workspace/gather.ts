import { table } from '../../../common/table.ts';
import { canonical } from '../../../common/uri.ts';
import { baseName } from '../../../common/virtual.ts';
import { isLeftover } from '../io/leftovers.ts';
import type { Child, FileSystem } from './fileSystem.ts';

/**
 * Folders that nobody means who names one around them: what package managers and version control keep. A folder that is
 * named itself is always read, and so are `build`, `out`, `target` and `logs`: an incident may lie anywhere.
 */
const SKIPPED = new Set(['node_modules', '.git', '.hg', '.svn', '.vscode-test']);

/** A file that was named, or found below a folder that was. */
export interface Found {
  uri: string;
  size: number;
  stamp: string;
  /** Named by the user: then it is worth a word when it is none of ours. */
  named: boolean;
  /** Which of the arguments led to it. */
  root: number;
  /** Its decoded path below that; empty for a named file. */
  below: string;
}

export interface Gathered {
  /** In the order of the arguments, then of the names. */
  files: Found[];
  /** What was named or found and is not there, or cannot be looked into. */
  failed: { uri: string; why: string }[];
  /** What is neither a file nor a folder: links that lead nowhere, pipes. */
  passedBy: { uri: string; why: string }[];
  /** Folders that were passed by. */
  skipped: string[];
  /** There are more files than the limit: those deepest below are left out. */
  more: boolean;
}

export interface GatherOptions {
  /** Most files. */
  limit?: number;
  /** Asked of files found in folders, not of named ones. */
  wanted?: (uri: string) => boolean;
}

/** Looks into folders, those nearest to what was named first, so that a limit cuts what is far below. The only walk there is. */
export async function gather(
  files: FileSystem,
  uris: readonly string[],
  { limit = Infinity, wanted = () => true }: GatherOptions = {},
): Promise<Gathered> {
  const result: Gathered = { files: [], failed: [], passedBy: [], skipped: [], more: false };
  const seen = new Set<string>();
  /** `real`: where it is, whatever links have led there; in its canonical form. */
  const add = (child: Child, real: string, named: boolean, root: number, below: string) => {
    if (seen.has(real) || (!named && !wanted(child.uri))) return;
    if (result.files.length >= limit) {
      result.more = true;
      return;
    }
    seen.add(real);
    result.files.push({ uri: child.uri, size: child.size, stamp: child.stamp, named, root, below });
  };
  const open: { uri: string; real: string; root: number; below: string }[] = [];
  const entered = new Set<string>();
  const enter = (folder: (typeof open)[number]) => {
    if (entered.has(folder.real)) return;
    entered.add(folder.real);
    open.push(folder);
  };
  for (const [root, uri] of uris.entries()) {
    const stat = await files.stat(uri).catch((error: unknown) => reason(error));
    if (stat === null || typeof stat === 'string') result.failed.push({ uri, why: stat ?? 'there is no such file or folder' });
    else if (stat.folder) enter({ uri, real: folderOf(stat.target ?? uri), root, below: '' });
    else add({ uri, ...stat }, canonical(uri), true, root, '');
  }
  for (let at = 0; at < open.length && !result.more; at++) {
    const { uri, real, root, below } = open[at] as (typeof open)[number];
    const children = await files.list(uri).catch((error: unknown) => reason(error));
    if (children === null || typeof children === 'string') {
      result.failed.push({ uri, why: children ?? 'the folder cannot be listed' });
      continue;
    }
    // What is there itself comes before what links lead to.
    const isLink = ({ target }: Child): number => (target === undefined ? 0 : 1);
    const named = children.map((one) => ({ ...one, name: baseName(one.uri) }));
    // Where not all can be taken, a file of its own tells more than the next of ten thousand that are named alike.
    const alike = named.length > limit - result.files.length ? namesakes(named) : () => 0;
    for (const child of named.sort((a, b) => isLink(a) - isLink(b) || alike(a.name) - alike(b.name) || (a.name < b.name ? -1 : 1))) {
      if (isLeftover(child.name)) continue;
      const inside = below === '' ? child.name : `${below}/${child.name}`;
      const target = folderOf(child.target ?? `${real}/${lastPart(child.uri)}`);
      if (child.passedBy !== undefined) {
        if (wanted(child.uri)) result.passedBy.push({ uri: child.uri, why: child.passedBy });
      } else if (!child.folder) add(child, target, false, root, inside);
      else if (SKIPPED.has(child.name)) result.skipped.push(child.uri);
      // Nobody means the folders around the one that was named.
      else if (`${real}/`.startsWith(`${target}/`)) result.passedBy.push({ uri: child.uri, why: 'a link to a folder that it is in' });
      else enter({ uri: child.uri, real: target, root, below: inside });
    }
  }
  result.files.sort((a, b) => a.root - b.root || compareNames(a.below.split('/'), b.below.split('/')));
  return result;
}

/** How many there are of a name, whatever numbers are in it. */
function namesakes(all: readonly { name: string }[]): (name: string) => number {
  const families = new Map(all.map(({ name }) => [name, name.replace(/\d+/g, '0')]));
  const counts = new Map<string, number>();
  for (const family of families.values()) counts.set(family, (counts.get(family) ?? 0) + 1);
  return (name) => counts.get(families.get(name) ?? '') ?? 0;
}

const folderOf = (uri: string): string => canonical(uri).replace(/\/$/, '');
const lastPart = (uri: string): string => uri.slice(uri.lastIndexOf('/', uri.length - 2) + 1);

/** As a walk that goes into each folder where its name stands. */
function compareNames(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((name, i) => name !== b[i]);
  const [one, other] = [a[at], b[at]];
  return one === undefined || other === undefined ? a.length - b.length : one < other ? -1 : 1;
}

/** What the system's errors mean that people meet. */
const SYSTEM_ERRORS = table<string>({
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'no space is left on the device',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  EIO: 'the device fails to read or write',
});

/** Why something could not be read or written, in a few words. */
export function reason(error: unknown): string {
  const { code } = error as { code?: string };
  if (code !== undefined) return SYSTEM_ERRORS[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}
