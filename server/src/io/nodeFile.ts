import { isAscii } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Opener } from './byteFile.ts';
import type { Limits } from './expand.ts';
import { isPacked } from './packed.ts';
import type { Texts } from './texts.ts';

/** Plain ASCII, as nearly all dumps are, becomes a string of one byte a character without a copy in between. */
export async function bufferTexts(name: string, buffer: Buffer, limits?: Limits): Promise<Texts> {
  if (buffer.length > 4096 && !isPacked(buffer) && !buffer.subarray(0, 4096).includes(0) && isAscii(buffer)) {
    return { texts: [{ name, text: buffer.toString('latin1'), encoding: 'utf-8' }], problems: [], binary: [], packed: false };
  }
  const { readTexts } = await import('./texts.ts');
  return readTexts(name, buffer, limits);
}

/** What can be waited for for ever, or never comes to an end, is no file to be read. */
export class NoFile extends Error {
  override name = 'NoFile';

  constructor() {
    super('a device, a pipe or a socket, not a file');
  }
}

/**
 * Opens a file of the disk: without waiting, as one that became a pipe would let it.
 * @throws NoFile, or the system's error
 */
function openFile(path: string): { handle: number; size: number } {
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const info = fstatSync(handle);
    if (!info.isFile()) throw new NoFile();
    return { handle, size: info.size };
  } catch (error) {
    closeSync(handle);
    throw error;
  }
}

/**
 * A file of the disk, as large as it is when it is opened: one that grows while it is read comes to an end all the same, and reading one
 * that became shorter (rotated, cut) rejects: half a file is no file that nothing is wrong with.
 */
export function onDisk(path: string): Opener {
  return async () => {
    const { handle, size } = openFile(path);
    return {
      size,
      read: (into, at) => {
        const wanted = Math.min(into.length, Math.max(0, size - at));
        const read = readSync(handle, into, 0, wanted, at);
        if (read === 0 && wanted > 0) throw new Error('it became shorter while it was read');
        return read;
      },
      close: () => closeSync(handle),
    };
  };
}

/** The first bytes of a file, enough to say what it is. */
export async function readHead(open: Opener, length: number): Promise<Buffer> {
  const file = await open();
  try {
    const buffer = Buffer.alloc(Math.min(length, file.size));
    return buffer.subarray(0, await file.read(buffer, 0));
  } finally {
    file.close();
  }
}
