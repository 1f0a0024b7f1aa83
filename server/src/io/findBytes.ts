import type { Checkpoint } from '../core/checkpoint.ts';
import type { ByteFile } from './byteFile.ts';

const CHUNK = 1 << 20;

export interface ByteSearch {
  file: ByteFile;
  wanted: string;
  matchCase: boolean;
  /** From the end towards the beginning. */
  backwards: boolean;
  start: number;
  end: number;
  checkpoint: Checkpoint;
}

/** Offset of the first place of a text between two offsets of a file, or of the last one; null when there is none. */
export async function findBytes({ file, wanted, matchCase, backwards, start, end, checkpoint }: ByteSearch): Promise<number | null> {
  // Byte for byte as characters: upper and lower case of ASCII are told apart or not, all else is compared as it is.
  const plain = (bytes: Buffer): string => (matchCase ? bytes.toString('latin1') : bytes.toString('latin1').replace(/[A-Z]+/g, lower));
  const needle = plain(Buffer.from(wanted, 'utf8'));
  const buffer = Buffer.allocUnsafe(CHUNK + needle.length);
  for (let done = 0; done < end - start; done += CHUNK) {
    const from = backwards ? Math.max(start, end - done - CHUNK) : start + done;
    const size = Math.min((backwards ? end - done : from + CHUNK) - from + needle.length - 1, end - from);
    const bytesRead = await file.read(buffer.subarray(0, size), from);
    const text = plain(buffer.subarray(0, bytesRead));
    const at = backwards ? text.lastIndexOf(needle) : text.indexOf(needle);
    if (at !== -1) return from + at;
    if (checkpoint.due()) await checkpoint.pause();
  }
  return null;
}

const lower = (capitals: string): string => capitals.toLowerCase();
