import type { FileSystem } from '../workspace/fileSystem.ts';
import { COMMAND } from './thread.ts';

/** The uri of standard input, which the command line calls "-". */
export const STDIN = 'untitled:stdin';

/** Standard input as a file; it was read before the command began. */
export const stdinFile: FileSystem = {
  stat: async (uri) => (uri === STDIN ? { folder: false, size: 0, stamp: '' } : null),
  list: async () => null,
  read: async (uri) => (uri === STDIN ? COMMAND.input : null),
  stream: async () => null,
};
