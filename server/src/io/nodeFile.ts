import { isAscii } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Opener } from './byteFile.ts';
import { DEFAULT_LIMITS, isGzip, isZip, type Limits } from './expand.ts';
import { readTexts, type Texts } from './texts.ts';

/** Plain ASCII, as nearly all dumps are, becomes a string of one byte a character without a copy in between. */
export function bufferTexts(name: string, buffer: Buffer, limits: Limits = DEFAULT_LIMITS): Texts {
  if (buffer.length > 4096 && !isGzip(buffer) && !isZip(buffer) && !buffer.subarray(0, 4096).includes(0) && isAscii(buffer)) {
    return { texts: [{ name, text: buffer.toString('latin1'), encoding: 'utf-8' }], problems: [], binary: [], packed: false };
  }
  return readTexts(name, buffer, limits);
}

/** A file of the disk. */
export function onDisk(path: string): Opener {
  return async () => {
    const handle = openSync(path, 'r');
    return {
      size: fstatSync(handle).size,
      read: (into, at) => readSync(handle, into, 0, into.length, at),
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
