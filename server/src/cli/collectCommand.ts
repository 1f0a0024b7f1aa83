import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isMissed, type SnapshotManifest, snapshotName } from '../../../common/snapshot.ts';
import { OLDEST } from '../cluster/calls.ts';
import { type CollectOptions, collect } from '../cluster/collect.ts';
import { CallFailed } from '../cluster/errors.ts';
import { compareVersions } from '../core/flinkVersion.ts';
import { folderSink, foundIn, zipFolder } from '../io/snapshotFolder.ts';
import { reason } from '../workspace/gather.ts';
import { CLUSTER } from './clusterWords.ts';
import { type Connection, connect } from './connection.ts';
import { UsageError } from './errors.ts';
import { tell } from './inputs.ts';
import { COLLECT_OPTIONS } from './options.ts';
import { snapshotOptions } from './snapshotOptions.ts';
import { direct, out, progress } from './terminal.ts';
import { USAGE } from './words.ts';

/** `logjam collect`: a snapshot of a cluster as a folder or an archive. Exit code 2 where a call has no answer. */
export async function collectCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: COLLECT_OPTIONS });
  const [url, more] = positionals;
  if (url === undefined || more !== undefined) throw new UsageError(CLUSTER.oneUrl('collect'));
  direct({ quiet: values.quiet });
  const options = snapshotOptions(values);
  const connection = await connect(url, values.access);
  const target = values.out ?? snapshotName(connection.client.access.address.host, Date.now());
  const isArchive = /\.zip$/i.test(target);
  // An archive cannot be gone on with: its files lie beside it until all are there.
  const folder = isArchive ? `${target}.files` : target;
  const earlier = await earlierIn(folder, connection);
  if (earlier !== null && !values.quiet) tell(CLUSTER.goesOn(folder));
  const begun = Date.now();
  try {
    const manifest = await snapshotInto(folder, connection, { options, earlier, quiet: values.quiet });
    if (isArchive) {
      await zipFolder(folder, target).catch((error: unknown) => {
        throw new UsageError(USAGE.notWritten(target, reason(error)));
      });
      await rm(folder, { recursive: true, force: true });
    }
    const files = manifest.calls.filter(({ file }) => file !== null);
    const missed = manifest.calls.filter(isMissed);
    out(
      `${CLUSTER.done(target, {
        files: files.length,
        bytes: files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
        ms: Date.now() - begun,
        version: manifest.flinkVersion,
        missed: missed.length,
        redacted: manifest.redaction.removed,
      })}\n`,
    );
    return missed.length > 0 ? 2 : 0;
  } finally {
    await connection.close();
  }
}

/**
 * Takes a snapshot into a folder, with progress; what is missed is told on standard error.
 * @throws UsageError where there is no cluster, or it does not let us in
 */
async function snapshotInto(
  folder: string,
  { client, host }: Connection,
  { options, earlier, quiet }: { options: CollectOptions; earlier: SnapshotManifest | null; quiet: boolean },
): Promise<SnapshotManifest> {
  if (options.dumps !== null && !quiet) tell(CLUSTER.cost);
  let calls = 0;
  const manifest = await collect({
    client,
    sink: folderSink(folder),
    host,
    options,
    signal: new AbortController().signal,
    earlier,
    tell: (path) => progress(CLUSTER.at(++calls, path)),
  }).catch((error: unknown) => {
    if (error instanceof CallFailed) throw new UsageError(error.message);
    throw (error as { code?: unknown }).code === undefined ? error : new UsageError(USAGE.notWritten(folder, reason(error)));
  });
  progress('');
  if (manifest.flinkVersion === null && !quiet) tell(CLUSTER.noFlink(manifest.cluster));
  else if (manifest.flinkVersion !== null && compareVersions(manifest.flinkVersion, OLDEST) < 0 && !quiet)
    tell(CLUSTER.old(manifest.flinkVersion, OLDEST));
  for (const call of manifest.calls) if (isMissed(call) || (call.status === 'left-out' && !quiet)) tell(CLUSTER.missed(call.path, call.why ?? ''));
  return manifest;
}

/** A snapshot in a folder that is gone when the work on it is done. */
export async function withSnapshot<R>(
  connection: Connection,
  options: CollectOptions,
  quiet: boolean,
  work: (folder: string, manifest: SnapshotManifest) => Promise<R>,
): Promise<R> {
  return inScratch(async (folder) => work(folder, await snapshotInto(folder, connection, { options, earlier: null, quiet })));
}

/** Runs with a folder that is gone when the work is done. */
export async function inScratch<R>(work: (folder: string) => Promise<R>): Promise<R> {
  const folder = await mkdtemp(path.join(tmpdir(), 'logjam-cluster-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws UsageError where the folder is not free for this snapshot */
async function earlierIn(folder: string, { client }: Connection): Promise<SnapshotManifest | null> {
  const found = await foundIn(folder).catch((error: unknown) => {
    throw new UsageError(USAGE.notWritten(folder, reason(error)));
  });
  if (found === 'nothing') return null;
  if (found === 'others') throw new UsageError(CLUSTER.occupied(folder));
  if (found.ended !== null) throw new UsageError(CLUSTER.finished(folder));
  if (found.cluster !== client.access.address.url) throw new UsageError(CLUSTER.ofOther(folder, found.cluster));
  return found;
}
