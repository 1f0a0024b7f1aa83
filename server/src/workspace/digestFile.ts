import { isMissed, MANIFEST, readManifest, type SnapshotManifest } from '../../../common/snapshot.ts';
import { Cancelled } from '../core/checkpoint.ts';
import type { Unread } from '../core/incident/digest/model.ts';
import { isDigest } from '../core/incident/digest/read.ts';
import { readDigests } from '../core/incident/readDigests.ts';
import { digestOf } from './digestOf.ts';
import { reason } from './gather.ts';
import type { FileDigest, FileJob } from './readers.ts';
import type { Waiter } from './waiters.ts';
import type { Analysed, Workspace } from './workspace.ts';

/** What a snapshot of a cluster lacks, by the paths that were asked for. */
function missedIn({ calls }: SnapshotManifest): Unread[] {
  return calls.flatMap((call) => {
    const { path, status, why } = call;
    return status === 'ok' || status === 'absent' ? [] : [{ name: path, why: why ?? status, failed: isMissed(call) }];
  });
}

/**
 * What a file says, or each of an archive; a file of digests counts as what they were made of.
 *
 * @param seen is told of each document while it is there
 */
export async function digestFile(
  workspace: Workspace,
  { uri, name, size }: Omit<FileJob, 'settings'>,
  waiter: Waiter,
  seen: (document: Analysed) => void = () => undefined,
): Promise<FileDigest> {
  const found: FileDigest = { digests: [], written: [], uris: [], left: [], accounted: [] };
  try {
    for await (const one of workspace.each(uri, name, { waiter })) {
      if ('left' in one) found.left.push({ name, why: one.left.message, failed: one.left.failed });
      else {
        found.uris.push([one.name, one.document.uri]);
        seen(one.document);
        const manifest = readManifest(one.document.text);
        if (manifest !== null) {
          found.left.push(...missedIn(manifest));
          const folder = one.name.slice(0, one.name.length - MANIFEST.length);
          found.accounted.push(...manifest.calls.flatMap(({ file }) => (file === null ? [] : [`${folder}${file}`])));
        } else if (isDigest(one.document.text)) {
          const { digest: written, broken } = readDigests(one.document.text, one.name);
          found.written.push(written);
          found.left.push(...broken);
        } else {
          const made = await digestOf(workspace, one.document, one.name, size);
          // The logs of several processes in one text are called by it and by the line above each.
          for (const { names } of made.sources) for (const called of names) if (called !== one.name) found.uris.push([called, one.document.uri]);
          found.digests.push(made);
        }
      }
    }
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    found.left.push({ name, why: reason(error), failed: true });
  }
  return found;
}
