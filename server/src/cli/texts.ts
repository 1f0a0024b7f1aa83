import { bufferTexts } from '../io/nodeFile.ts';
import { UsageError } from './errors.ts';

/** The texts in a file: one, or those in an archive, named "archive!entry". What is left out is said on stderr. */
export async function textsOf(name: string, bytes: Uint8Array): Promise<{ name: string; text: string }[]> {
  const { texts, problems } = bufferTexts(name, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (texts.length === 0 && problems.length > 0) throw new UsageError(problems[0] as string);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return texts;
}
