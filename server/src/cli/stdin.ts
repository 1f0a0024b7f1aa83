import type { FileSystem } from '../workspace/fileSystem.ts';

/** The uri of standard input, which the command line calls "-". */
export const STDIN = 'untitled:stdin';

let content: Promise<Uint8Array> | null = null;

/** Standard input as a file; it is read once. */
export const stdinFile: FileSystem = {
  stat: async (uri) => (uri === STDIN ? { folder: false, size: 0, stamp: '' } : null),
  list: async () => null,
  read: async (uri) => {
    if (uri !== STDIN) return null;
    content ??= readAll();
    return content;
  },
  stream: async () => null,
};

async function readAll(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
