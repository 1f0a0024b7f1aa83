import { constants, isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { DEFAULT_LIMITS, isGzip, isZip, type Limits } from './expand.ts';
import { readTexts, type Texts } from './texts.ts';

/** No engine holds a longer text. */
const LONGEST_TEXT = constants.MAX_STRING_LENGTH;

/** Reads a file of the disk; rejects with the error of the file system, or with what is wrong with the file's size. */
export async function readFileTexts(path: string, limits: Limits = DEFAULT_LIMITS): Promise<Texts> {
  const { size } = await stat(path);
  if (size > LONGEST_TEXT)
    throw new Error(`${mebibytes(size)} MiB are too much for a text (${mebibytes(LONGEST_TEXT)} MiB); only a Flink log may be larger`);
  return bufferTexts(path, await readFile(path), limits);
}

/** Reads standard input to its end. */
export async function readStreamTexts(name: string, stream: AsyncIterable<Buffer> = process.stdin, limits: Limits = DEFAULT_LIMITS): Promise<Texts> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return bufferTexts(name, chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks), limits);
}

/** Plain ASCII, as nearly all dumps are, becomes a string of one byte a character without a copy in between. */
export function bufferTexts(name: string, buffer: Buffer, limits: Limits = DEFAULT_LIMITS): Texts {
  if (buffer.length > 4096 && !isGzip(buffer) && !isZip(buffer) && !buffer.subarray(0, 4096).includes(0) && isAscii(buffer)) {
    return { texts: [{ name, text: buffer.toString('latin1'), encoding: 'utf-8' }], problems: [], binary: [], packed: false };
  }
  return readTexts(name, buffer, limits);
}

/** The first bytes of a file, enough to say what it is. */
export async function readHead(path: string, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: length - 1 })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / (1 << 20));
}
