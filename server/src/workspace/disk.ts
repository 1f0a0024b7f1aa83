import { constants } from 'node:buffer';
import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { isBinary } from '../io/binary.ts';
import type { ByteFile } from '../io/byteFile.ts';
import { filePathOf } from '../io/filePath.ts';
import { NoFile, onDisk } from '../io/nodeFile.ts';
import { isPacked } from '../io/packed.ts';
import { stampOf } from '../io/replaceFile.ts';
import type { Child, FileStat, FileSystem } from './fileSystem.ts';

/** As VS Code writes it: such uris are compared with those of its documents. */
export const uriOf = (file: string): string => URI.file(path.resolve(file)).toString();

/** No engine holds a longer text. */
const MAX_TEXT_LENGTH = constants.MAX_STRING_LENGTH;

/** So many bytes show whether something is a text. */
const HEAD = 8192;

/** A file that no engine holds as one text. */
export class TooLarge extends Error {
  override name = 'TooLarge';
}

/** The files of the machine. Links are followed; where they lead is said, since they may lead in circles. */
export const disk: FileSystem = {
  stat: async (uri) => {
    const file = filePathOf(uri);
    const info = file === null ? null : await stat(file).catch(() => null);
    if (info !== null && !(info.isFile() || info.isDirectory())) throw new NoFile();
    if (info === null || file === null) return null;
    return { ...statOf(info), ...(info.isDirectory() ? await targetOf(file) : {}) };
  },
  list: async (uri) => {
    const folder = filePathOf(uri);
    if (folder === null) return null;
    const entries = await readdir(folder, { withFileTypes: true });
    return Promise.all(
      entries.map(async (entry): Promise<Child> => {
        const child = path.join(folder, entry.name);
        if (entry.isDirectory()) return { uri: uriOf(child), folder: true, size: 0, stamp: '' };
        const isLink = entry.isSymbolicLink();
        const info = entry.isFile() || isLink ? await stat(child).catch(() => null) : null;
        if (info?.isFile() === true || info?.isDirectory() === true)
          return { uri: uriOf(child), ...statOf(info), ...(isLink ? await targetOf(child) : {}) };
        const passedBy = isLink ? 'a link that leads nowhere' : new NoFile().message;
        return { uri: uriOf(child), folder: false, size: 0, stamp: '', passedBy };
      }),
    );
  },
  read: async (uri) => {
    const at = filePathOf(uri);
    if (at === null) return null;
    const file = await onDisk(at)();
    try {
      // What is no text is none as a whole: its beginning says so.
      const head = Buffer.alloc(Math.min(file.size, HEAD));
      const read = await file.read(head, 0);
      if (read < file.size && isBinary(head) && !isPacked(head)) return head;
      if (file.size > MAX_TEXT_LENGTH)
        throw new TooLarge(
          `${Math.round(file.size / (1 << 20))} MiB is too large for a text (${MAX_TEXT_LENGTH >> 20} MiB); only a log may be larger`,
        );
      return await whole(file, head.subarray(0, read));
    } finally {
      file.close();
    }
  },
  stream: async (uri) => {
    const file = filePathOf(uri);
    return file === null ? null : onDisk(file)();
  },
};

/** Without links in its path. */
const targetOf = async (file: string): Promise<{ target?: string }> => {
  const target = await realpath(file).catch(() => null);
  return target === null ? {} : { target: uriOf(target) };
};

const statOf = (info: Stats): FileStat => ({ folder: info.isDirectory(), size: info.size, stamp: stampOf(info) });

/** As much as the file held when it was opened; rejects where it became shorter meanwhile. */
async function whole(file: ByteFile, head: Buffer): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(file.size);
  head.copy(bytes);
  let length = head.length;
  while (length < bytes.length) length += await file.read(bytes.subarray(length), length);
  return bytes;
}
