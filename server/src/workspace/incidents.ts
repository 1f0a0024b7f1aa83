import { baseName } from '../../../common/virtual.ts';
import { Cancelled } from '../core/checkpoint.ts';
import { mergeAll, NO_SOURCES } from '../core/incident/digest/merge.ts';
import type { Digest, Unread } from '../core/incident/digest/model.ts';
import { withWritten } from '../core/incident/readDigests.ts';
import { digestFile } from './digestFile.ts';
import { type Found, gather } from './gather.ts';
import type { FileDigest } from './readers.ts';
import { type Names, type Say, shortNames } from './sets.ts';
import { PATIENT, type Waiter } from './waiters.ts';
import type { Workspace } from './workspace.ts';

/** Files of an incident, those nearest to what was named first; how many more there are nobody counts. */
const MAX_FILES = 10_000;
/** Of those that were not read so many are named. */
const MAX_UNREAD = 2000;

/** Threads are started only where reading takes longer than that. In bytes. */
export const WORTH_THREADS = 32 * 1024 * 1024;

/** Never part of an incident, though there may be many or large ones in a folder. */
const NO_SOURCE = /\.(?:jar|war|class|png|jpe?g|gif|svg|ico|woff2?|pdf|hprof|jfr|so|dll|exe|wasm|java|scala|kt|py|[jt]sx?|[cm][jt]s|css|md)$/i;

/** Whether a file may be one that an incident leaves behind, by its name. */
export const isSource = (uri: string): boolean => !NO_SOURCE.test(uri);

interface Reading {
  names?: Names;
  say?: Say;
  waiter?: Waiter;
  /** Whether the rest is left unread. */
  enough?: () => boolean;
}

export interface Digested {
  digest: Digest;
  /** What could not be read. */
  left: Unread[];
  /** Of the sources, by their names. */
  uris: ReadonlyMap<string, string>;
}

/**
 * All that lies in files, folders and archives, as one digest. What cannot be read is named in it and keeps none of the others
 * back: `left` tells of it, but for files that are none of ours. A file of digests counts as what they were made of.
 */
export async function digestFiles(
  workspace: Workspace,
  from: readonly string[],
  { names = shortNames, say = () => undefined, waiter = PATIENT, enough = () => false }: Reading = {},
): Promise<Digested> {
  const gathered = await gather(workspace.files, from, { limit: MAX_FILES, wanted: isSource });
  const nameOf = names(gathered.files);
  const left: Unread[] = [];
  const leave = (name: string, why: string, failed: boolean) => left.push({ name, why, failed });
  for (const { uri, why } of gathered.failed) leave(baseName(uri), why, true);
  for (const { uri, why } of gathered.passedBy) leave(baseName(uri), `it is ${why}`, false);
  for (const uri of gathered.skipped) leave(baseName(uri), 'a folder that is passed by unless it is named', false);
  if (gathered.more) leave('…', `more than ${MAX_FILES} files: those further down were not looked at`, true);
  const found = await readAll(
    workspace,
    gathered.files.map((file) => ({ ...file, name: nameOf(file) })),
    { say, waiter, enough },
  );
  for (const [index, one] of found.entries()) {
    const file = gathered.files[index] as Found;
    if (one === undefined) leave(nameOf(file), 'reading was stopped before it', false);
    else left.push(...one.left);
  }
  const read = found.flatMap((one) => one ?? []);
  const both = withWritten(mergeAll(read.flatMap(({ digests }) => digests)), mergeAll(read.flatMap(({ written }) => written)));
  left.push(...both.broken);
  const told = left.slice(0, MAX_UNREAD);
  return {
    digest: mergeAll([both.digest, { ...NO_SOURCES, unread: told }]),
    left: told,
    uris: new Map(read.flatMap(({ uris }) => uris)),
  };
}

type Wanted = Found & { name: string };

/** What each file says, in the order of the files; nothing for those that were not begun with. */
async function readAll(
  workspace: Workspace,
  files: readonly Wanted[],
  { say, waiter, enough }: Required<Omit<Reading, 'names'>>,
): Promise<(FileDigest | undefined)[]> {
  const found: (FileDigest | undefined)[] = files.map(() => undefined);
  let begun = 0;
  /** Takes one file after the other until there are none left. */
  const lane = async (queue: number[], read: (file: Wanted) => Promise<FileDigest>): Promise<void> => {
    for (let index = queue.shift(); index !== undefined && !enough(); index = queue.shift()) {
      const file = files[index] as Wanted;
      say(`${file.name}, ${++begun} of ${files.length}`);
      found[index] = await read(file);
      if (waiter.isCancellationRequested) throw new Cancelled();
    }
  };
  const away = files.map((file) => workspace.isElsewhere(file.uri));
  const indices = files.map((_, index) => index);
  const elsewhere = indices.filter((index) => away[index]);
  const bytes = elsewhere.reduce((sum, index) => sum + (files[index] as Wanted).size, 0);
  const readers = bytes < WORTH_THREADS || elsewhere.length < 2 ? null : await workspace.readers();
  const here = (file: Wanted) => digestFile(workspace, file, waiter);
  if (readers === null) {
    await lane(indices, here);
    return found;
  }
  const listening = waiter.onCancellationRequested?.(() => readers.end());
  try {
    const there = async (file: Wanted) =>
      readers.read({ uri: file.uri, name: file.name, size: file.size, settings: await workspace.settingsOf(file.uri) });
    const rest = indices.filter((index) => !away[index]);
    await Promise.all([lane(rest, here), ...Array.from({ length: readers.width }, () => lane(elsewhere, there))]);
  } catch (error) {
    throw waiter.isCancellationRequested ? new Cancelled() : error;
  } finally {
    listening?.dispose();
    readers.end();
  }
  return found;
}
