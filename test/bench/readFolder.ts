// readFolder.js MODE FOLDER: one reading of a folder, bundled and run by incident.ts in a process of its own.
import { createHash } from 'node:crypto';
import { DEFAULT_SETTINGS } from '../../common/settings.ts';
import { conclude } from '../../server/src/core/incident/conclude.ts';
import { disk, uriOf } from '../../server/src/workspace/disk.ts';
import { gather } from '../../server/src/workspace/gather.ts';
import { digestFiles } from '../../server/src/workspace/incidents.ts';
import { nodePlatform } from '../../server/src/workspace/node.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** `files`: one after the other, each for itself; `one`: the incident on one thread; `threads`: the incident with threads. */
export type FolderMode = 'files' | 'one' | 'threads';

export interface FolderRead {
  ms: number;
  /** Of all threads, those that collect garbage among them. */
  cpuMs: number;
  peakMB: number;
  /** Of the incident; empty where there is none. */
  hash: string;
}

async function read(mode: FolderMode, folder: string): Promise<string> {
  const { readers } = nodePlatform;
  const workspace = new Workspace({
    files: disk,
    platform: { ...nodePlatform, readers: mode === 'threads' && readers !== null ? { ...readers, worth: 0 } : null },
    settings: { stamp: '', of: async () => DEFAULT_SETTINGS },
    buffer: () => undefined,
  });
  if (mode === 'files') {
    for (const { uri, below } of (await gather(disk, [uriOf(folder)])).files) for await (const _ of workspace.each(uri, below));
    return '';
  }
  const { digest } = await digestFiles(workspace, [uriOf(folder)]);
  return createHash('sha256')
    .update(JSON.stringify(conclude(digest)))
    .digest('hex');
}

async function main(mode: FolderMode, folder: string): Promise<void> {
  const start = performance.now();
  const hash = await read(mode, folder);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage();
  const answer: FolderRead = { ms, cpuMs: (user + system) / 1000, peakMB: process.resourceUsage().maxRSS / 1024, hash };
  process.stdout.write(JSON.stringify(answer));
}

void main(process.argv[2] as FolderMode, process.argv[3] ?? '');
