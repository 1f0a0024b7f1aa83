import * as vscode from 'vscode';
import { joined } from '../../../common/joined.ts';
import { MANIFEST, readManifest, type SnapshotManifest } from '../../../common/snapshot.ts';
import type { Take } from '../../../server/src/cluster/client.ts';
import type { Sink } from '../../../server/src/cluster/snapshot.ts';

/** Gathers a file before it is written. `has`: what of an earlier attempt is there. */
export function memorySink(
  folder: vscode.Uri,
  write: (file: vscode.Uri, bytes: Uint8Array) => PromiseLike<void>,
  has: Sink['has'] = async () => false,
): Sink {
  return {
    has,
    put: async (file, give) => {
      const pieces: Uint8Array[] = [];
      const take: Take = (piece) => void pieces.push(piece);
      await give(take);
      const bytes = joined(pieces);
      await write(below(folder, file), bytes);
      return { bytes: bytes.length, sha256: await hashOf(bytes) };
    },
  };
}

/** A folder of whatever file system the editor has. A file is written when all of it is there. */
export function editorSink(folder: vscode.Uri): Sink {
  return memorySink(
    folder,
    (file, bytes) => vscode.workspace.fs.writeFile(file, bytes),
    async (file, sha256) => {
      const bytes = await read(below(folder, file));
      return bytes !== null && (await hashOf(bytes)) === sha256;
    },
  );
}

/** The manifest of a snapshot in a folder that was broken off; null where there is none, or it is finished. */
export async function unfinishedIn(folder: vscode.Uri): Promise<SnapshotManifest | null> {
  const bytes = await read(below(folder, MANIFEST));
  const manifest = bytes === null ? null : readManifest(new TextDecoder().decode(bytes));
  return manifest?.ended === null ? manifest : null;
}

const below = (folder: vscode.Uri, file: string): vscode.Uri => vscode.Uri.joinPath(folder, ...file.split('/'));

const read = async (file: vscode.Uri): Promise<Uint8Array | null> =>
  vscode.workspace.fs.readFile(file).then(
    (bytes) => bytes,
    () => null,
  );

async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(hash)].map((one) => one.toString(16).padStart(2, '0')).join('');
}
