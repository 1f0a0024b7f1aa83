import * as vscode from 'vscode';
import type { Take } from '../../../server/src/cluster/client.ts';
import { joined } from '../../../server/src/cluster/redact.ts';
import type { Sink } from '../../../server/src/cluster/snapshot.ts';

/** A folder of whatever file system the editor has. A file is written when all of it is there. */
export function editorSink(folder: vscode.Uri): Sink {
  return {
    has: async () => false,
    put: async (file, write) => {
      const pieces: Uint8Array[] = [];
      const take: Take = (piece) => void pieces.push(piece);
      await write(take);
      const bytes = joined(pieces);
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, ...file.split('/')), bytes);
      const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
      return { bytes: bytes.length, sha256: [...new Uint8Array(hash)].map((one) => one.toString(16).padStart(2, '0')).join('') };
    },
  };
}
