import { baseName } from '../../../common/virtual.ts';
import { Merging, mergeAll } from '../core/incident/digest/merge.ts';
import type { Digest, Unread } from '../core/incident/digest/model.ts';
import { NO_SOURCES } from '../core/incident/digest/none.ts';
import { withWritten } from '../core/incident/readDigests.ts';
import { digestFile } from './digestFile.ts';
import { type Found, gather } from './gather.ts';
import { overFiles } from './overFiles.ts';
import type { FileDigest } from './readers.ts';
import { type Names, type Say, shortNames } from './sets.ts';
import { PATIENT, type Waiter } from './waiters.ts';
import type { Analysed, Workspace } from './workspace.ts';

/** Files of an incident, those nearest to what was named first; how many more there are nobody counts. */
const MAX_FILES = 10_000;
/** Of those that were not read so many are named. */
const MAX_UNREAD = 2000;

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
  /** Told of each document that is read in this thread, while it is there. */
  seen?: (document: Analysed) => void;
  /** Told after each file; `read` is all that was read so far. */
  soFar?: (progress: { done: number; of: number; read(): Digested }) => Promise<void>;
}

export interface Digested {
  digest: Digest;
  /** What could not be read. */
  left: Unread[];
  /** Of the sources, by their names. */
  uris: ReadonlyMap<string, string>;
  /** Files that were looked into, of all there are. */
  done: number;
  of: number;
}

/**
 * All that lies in files, folders and archives, as one digest. What cannot be read is named in it and keeps none of the others
 * back: `left` tells of it, but for files that are none of ours. A file of digests counts as what they were made of.
 */
export async function digestFiles(
  workspace: Workspace,
  from: readonly string[],
  {
    names = shortNames,
    say = () => undefined,
    waiter = PATIENT,
    enough = () => false,
    seen = () => undefined,
    soFar = async () => undefined,
  }: Reading = {},
): Promise<Digested> {
  const gathered = await gather(workspace.files, from, { limit: MAX_FILES, wanted: isSource });
  const nameOf = names(gathered.files);
  const left: Unread[] = [];
  const leave = (name: string, why: string, failed: boolean) => left.push({ name, why, failed });
  for (const { uri, why } of gathered.failed) leave(baseName(uri), why, true);
  for (const { uri, why } of gathered.passedBy) leave(baseName(uri), `it is ${why}`, false);
  for (const uri of gathered.skipped) leave(baseName(uri), 'a folder that is skipped unless it is named', false);
  if (gathered.more) leave('…', `more than ${MAX_FILES} files: the others were not looked at`, true);
  const files = gathered.files.map((file) => ({ ...file, name: nameOf(file) }));
  const found: (Told | undefined)[] = files.map(() => undefined);
  const own = new Merging();
  const written = new Merging();
  const together = (untold: string) => digestedOf(files, found, { own: own.all(), written: written.all() }, left, untold);
  let done = 0;
  await overFiles<Wanted, FileDigest>(workspace, files, {
    say: (file, begun) => say(`${file.name}, ${begun} of ${files.length}`),
    waiter,
    enough,
    here: (file) => digestFile(workspace, file, waiter, seen),
    reading: 'digest',
    lost: ({ name }, why) => ({ digests: [], written: [], accounted: [], uris: [], left: [{ name, why, failed: true }] }),
    put: async (index, { digests, written: others, ...told }) => {
      found[index] = told;
      own.add(digests);
      written.add(others);
      if (++done < files.length) await soFar({ done, of: files.length, read: () => together('it is not read yet') });
    },
  });
  return together('reading was cancelled before it');
}

/** What there is to say of a file besides what is merged. */
type Told = Omit<FileDigest, 'digests' | 'written'>;

/**
 * @param merged what the files say, and what files of digests say
 * @param untold why those are not read of which there is nothing
 */
function digestedOf(
  files: readonly Wanted[],
  found: readonly (Told | undefined)[],
  merged: { own: Digest; written: Digest },
  before: readonly Unread[],
  untold: string,
): Digested {
  const read = found.flatMap((one) => one ?? []);
  const both = withWritten(merged.own, merged.written);
  const accounted = new Set(read.flatMap((one) => one.accounted));
  const isNews = ({ name, failed }: Unread): boolean => failed || !accounted.has(name);
  const left = [
    ...before,
    ...found.flatMap((one, index): Unread[] => one?.left ?? [{ name: files[index]?.name ?? '', why: untold, failed: true }]),
    ...both.broken,
  ]
    .filter(isNews)
    .slice(0, MAX_UNREAD);
  return {
    digest: mergeAll([
      { ...both.digest, unread: both.digest.unread.filter(isNews) },
      { ...NO_SOURCES, unread: left },
    ]),
    left,
    uris: new Map(read.flatMap(({ uris }) => uris)),
    done: read.length,
    of: files.length,
  };
}

type Wanted = Found & { name: string };
