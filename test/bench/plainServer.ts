// The language server without who watches over it: what the thread of its own is measured against.
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { serve } from '../../server/src/lsp/server.ts';
import { disk } from '../../server/src/workspace/disk.ts';
import { nodePlatform } from '../../server/src/workspace/node.ts';
import { UNWATCHED } from '../../server/src/workspace/watch.ts';

/** Run by cached.ts, as the thread with the analysis is. */
export function start(keep: () => void): void {
  serve(createConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)), nodePlatform, [disk], UNWATCHED);
  setTimeout(keep, 10_000).unref();
}
