import type { Kind } from '../../../common/ids.ts';
import type { Child, FileStat, FileSystem } from './fileSystem.ts';

/** A text that is at hand: of an open editor, or of standard input. */
export interface Buffer {
  /** As who holds the text spells it. */
  uri: string;
  /** Grows with every change. */
  version: number;
  /** What it is where that is known, as from an editor's language. */
  kind?: Kind | undefined;
  text(): string;
}

/** Finds the text of a file, however its uri is spelled. */
export type FindBuffer = (uri: string) => Buffer | undefined;

/** A file system on which texts at hand lie: what an editor shows of a file counts, not what stands on the disk. */
export function withBuffers(find: FindBuffer, below: FileSystem): FileSystem {
  const statOf = (buffer: Buffer): FileStat => ({ folder: false, size: buffer.text().length, stamp: `v${buffer.version}` });
  const shown = (child: Child): Child => {
    const buffer = find(child.uri);
    return buffer === undefined ? child : { ...child, ...statOf(buffer), uri: buffer.uri };
  };
  return {
    stat: async (uri) => {
      const buffer = find(uri);
      return buffer === undefined ? below.stat(uri) : statOf(buffer);
    },
    list: async (uri) => (await below.list(uri))?.map(shown) ?? null,
    read: async (uri) => find(uri)?.text() ?? below.read(uri),
    stream: async (uri) => (find(uri) === undefined ? below.stream(uri) : null),
  };
}
