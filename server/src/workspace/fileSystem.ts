import type { ByteFile } from '../io/byteFile.ts';

export interface FileStat {
  /** Of a link, and of a folder that was reached by one: the uri of what it leads to. */
  target?: string;
  folder: boolean;
  /** In bytes; 0 where it is not known. */
  size: number;
  /** Changes whenever the content does. */
  stamp: string;
}

export interface Child extends FileStat {
  uri: string;
  /** Why it is neither a file nor a folder that is looked at, where it is neither. */
  passedBy?: string;
}

/**
 * Where files are, by their uris: the disk, the texts in open editors, the texts in archives, the file system behind
 * an editor, a cluster. Whatever is read is read through one. An answer of null says that the uri is none of this
 * system's or that there is no such thing; a promise rejects with the reason where it is there and cannot be read.
 */
export interface FileSystem {
  stat(uri: string): Promise<FileStat | null>;
  /** What is directly in a folder, in any order. */
  list(uri: string): Promise<Child[] | null>;
  /** The whole content, as a text where it is one already. */
  read(uri: string): Promise<Uint8Array | string | null>;
  /** For what is too large to be read whole; null also where it can only be read whole. */
  stream(uri: string): Promise<ByteFile | null>;
}

/** One system over others: the first that knows a uri answers. What the first ones cannot read the others may. */
export function layered(...systems: readonly FileSystem[]): FileSystem {
  async function first<R>(ask: (system: FileSystem) => Promise<R | null>): Promise<R | null> {
    let failed: { error: unknown } | null = null;
    for (const system of systems) {
      try {
        const answer = await ask(system);
        if (answer !== null) return answer;
      } catch (error) {
        failed ??= { error };
      }
    }
    if (failed !== null) throw failed.error;
    return null;
  }
  return {
    stat: (uri) => first((system) => system.stat(uri)),
    list: (uri) => first((system) => system.list(uri)),
    read: (uri) => first((system) => system.read(uri)),
    stream: (uri) => first((system) => system.stream(uri)),
  };
}
