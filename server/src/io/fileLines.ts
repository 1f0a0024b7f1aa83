import { createReadStream } from 'node:fs';

const NEWLINE = 0x0a;

/**
 * The lines of a UTF-8 file of any size, without their ends; in memory there is no more than one of them. A line with more
 * bytes than the limit is null.
 */
export async function* fileLines(path: string, limit: number): AsyncGenerator<string | null> {
  let parts: Buffer[] = [];
  let length = 0;
  const line = (): string | null => {
    const text = length > limit ? null : Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
    parts = [];
    length = 0;
    return text;
  };
  const add = (part: Buffer): void => {
    length += part.length;
    if (length <= limit) parts.push(part);
    else parts = [];
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, end));
      yield line();
      from = end + 1;
    }
    if (from < chunk.length) add(chunk.subarray(from));
  }
  if (length > 0) yield line();
}
