import { isIndexedFile } from './indexedFile.ts';
import { isTar } from './tar.ts';
import { isTFile } from './tfile.ts';

/** What a file is packed in, by its first bytes (and, for IndexedFile, its last). What unpacks it (expand.ts) is loaded with the first file that needs it. */

/** Compressed or an archive. */
export const isPacked = (bytes: Uint8Array): boolean => isGzip(bytes) || isZip(bytes) || isTar(bytes) || isTFile(bytes) || isIndexedFile(bytes);

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}
