import { lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** What an executable carries. */
export interface Carried {
  /** Of the contents of all files. */
  id: string;
  /** By their paths in the folder, with `/`. `modified`: in s since 1970, for V8's code is kept with the time of its script. */
  files: readonly { name: string; size: number; modified: number }[];
}

const OTHERS_WRITE = 0o022;

/**
 * Lays the files that an executable carries out where the next start finds them: in the person's cache folder, as
 * `logjam/ID`; where nothing can be kept there, or others may write, in a folder that is gone with the process.
 *
 * @param read gives one of the files by its name
 * @returns the folder that they are in
 */
export function layOut(carried: Carried, read: (name: string) => Uint8Array): string {
  try {
    return kept(carried, read, process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'));
  } catch {
    const folder = mkdtempSync(path.join(tmpdir(), 'logjam-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    write(carried, read, folder);
    return folder;
  }
}

function kept(carried: Carried, read: (name: string) => Uint8Array, cache: string): string {
  const home = path.join(cache, 'logjam');
  const folder = path.join(home, carried.id);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(home);
  if (uid !== process.getuid?.() || (mode & OTHERS_WRITE) !== 0) throw new Error(`${home} is not this person's alone`);
  if (isWhole(carried, folder)) return folder;
  // Made aside and moved when complete: another process may start meanwhile.
  const draft = mkdtempSync(`${folder}.`);
  try {
    write(carried, read, draft);
    // Another one that was faster runs from it already: only what is damaged is taken away.
    if (!isWhole(carried, folder)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(draft, folder);
    }
  } catch (error) {
    if (!isWhole(carried, folder)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

function isWhole({ files }: Carried, folder: string): boolean {
  return files.every(({ name, size }) => {
    const found = lstatSync(path.join(folder, name), { throwIfNoEntry: false });
    return found?.isFile() === true && found.size === size;
  });
}

function write({ files }: Carried, read: (name: string) => Uint8Array, folder: string): void {
  for (const { name, modified } of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, read(name));
    utimesSync(file, modified, modified);
  }
}
