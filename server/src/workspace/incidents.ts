import { baseName } from '../../../common/virtual.ts';
import { Cancelled } from '../core/checkpoint.ts';
import { utf8Length } from '../core/incident/digest/fit.ts';
import { mergeAll, NO_SOURCES } from '../core/incident/digest/merge.ts';
import type { Digest, Unread } from '../core/incident/digest/model.ts';
import { isDigest, readDigests } from '../core/incident/digest/read.ts';
import { digest } from '../core/kinds/index.ts';
import { type Found, gather, reason } from './gather.ts';
import { type Names, type Say, shortNames } from './sets.ts';
import { PATIENT, type Waiter } from './waiters.ts';
import type { Analysed, Workspace } from './workspace.ts';

/** Files of an incident, those nearest to what was named first; how many more there are nobody counts. */
const MAX_FILES = 10_000;
/** Of those that were not read so many are named. */
const MAX_UNREAD = 2000;

/** Never part of an incident, though there may be many or large ones in a folder. */
const NO_SOURCE = /\.(?:jar|war|class|png|jpe?g|gif|svg|ico|woff2?|pdf|hprof|jfr|so|dll|exe|wasm|java|scala|kt|py|[jt]sx?|[cm][jt]s|css|md)$/i;

/** What a document says beyond itself. */
export const digestOf = (workspace: Workspace, document: Analysed, name: string, size: number): Promise<Digest> =>
  workspace.places.withPlaces(document, (place) =>
    digest(document.analysis, {
      name,
      bytes: document.text === '' ? size : utf8Length(document.text),
      text: document.text,
      lineOf: (where) => place(where).start.line,
    }),
  );

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
  const gathered = await gather(workspace.files, from, { limit: MAX_FILES, wanted: (uri) => !NO_SOURCE.test(uri) });
  const nameOf = names(gathered.files);
  const digests: Digest[] = [];
  const uris = new Map<string, string>();
  const left: Unread[] = [];
  const leave = (name: string, why: string, failed: boolean) => {
    if (left.length < MAX_UNREAD) left.push({ name, why, failed });
  };
  for (const { uri, why } of gathered.failed) leave(baseName(uri), why, true);
  for (const { uri, why } of gathered.passedBy) leave(baseName(uri), `it is ${why}`, false);
  for (const uri of gathered.skipped) leave(baseName(uri), 'a folder that is passed by unless it is named', false);
  if (gathered.more) leave('…', `more than ${MAX_FILES} files: those further down were not looked at`, true);
  for (const [index, file] of gathered.files.entries()) {
    const name = nameOf(file);
    if (enough()) {
      leave(name, 'reading was stopped before it', false);
      continue;
    }
    say(`${name}, ${index + 1} of ${gathered.files.length}`);
    try {
      for await (const one of workspace.each(file.uri, name, { waiter })) {
        if ('left' in one) leave(name, one.left.message, one.left.failed);
        else {
          uris.set(one.name, one.document.uri);
          digests.push(await ownDigest(workspace, one.document, one.name, file));
        }
      }
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      leave(name, reason(error), true);
    }
  }
  return { digest: mergeAll([...digests, { ...NO_SOURCES, unread: left }]), left, uris };
}

async function ownDigest(workspace: Workspace, document: Analysed, name: string, { size }: Found): Promise<Digest> {
  const written = isDigest(document.text) ? readDigests(document.text) : null;
  return written ?? digestOf(workspace, document, name, size);
}
