import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Incident } from '../../../common/incident.ts';
import { conclude } from '../core/incident/conclude.ts';
import { Merging } from '../core/incident/digest/merge.ts';
import type { Digest } from '../core/incident/digest/model.ts';
import { NO_SOURCES } from '../core/incident/digest/none.ts';
import { isDigest } from '../core/incident/digest/read.ts';
import { readDigest, withWritten } from '../core/incident/readDigests.ts';
import { fileLines } from '../io/fileLines.ts';
import { filePathOf } from '../io/filePath.ts';
import { TooLarge } from '../workspace/disk.ts';
import { digestFiles } from '../workspace/incidents.ts';
import { Pace } from '../workspace/pace.ts';
import { UsageError } from './errors.ts';
import { Inputs, namesFor, tell, urisOf } from './inputs.ts';
import { COMMON_OPTIONS } from './options.ts';
import { STDIN } from './stdin.ts';
import { isWatched, outJson, progress } from './terminal.ts';
import { COMMAND } from './thread.ts';
import { INPUTS, USAGE } from './words.ts';

/**
 * Everything behind the arguments as one digest; what could not be read is told of on standard error.
 *
 * @param soFar is told what was read so far, now and then
 */
export async function digestArguments(
  args: readonly string[],
  inputs: Inputs,
  soFar?: (digest: Digest, done: number, of: number) => Promise<void>,
): Promise<Digest> {
  const pace = new Pace();
  const { digest, left } = await digestFiles(inputs.workspace, urisOf(args), {
    names: namesFor(args),
    say: progress,
    ...(soFar === undefined ? {} : { soFar: ({ done, of, read }) => pace.at(() => soFar(read().digest, done, of)) }),
  });
  progress('');
  for (const { name, why, failed } of left) {
    tell(`${name}: ${why}`);
    if (failed) inputs.failures.push({ path: name, message: why });
  }
  return digest;
}

/** The same for who waits at a terminal: it says meanwhile what the files that were read so far say together. */
export function digestWithVerdict(args: readonly string[], inputs: Inputs): Promise<Digest> {
  if (!isWatched()) return digestArguments(args, inputs);
  let told = '';
  return digestArguments(args, inputs, async (digest, done, of) => {
    const { sentence } = (await incidentOf(digest, inputs)).verdict;
    if (sentence !== told) tell(INPUTS.soFar(done, of, sentence));
    told = sentence;
  });
}

/** The incident that files and folders are; a file of digests is what it was made of. */
export async function incidentOf(digest: Digest, inputs: Inputs): Promise<Incident> {
  return conclude(digest, await inputs.settings.of(''));
}

/** `logjam digest`: what files and folders say beyond themselves, as one line of JSON. */
export async function digestCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: COMMON_OPTIONS });
  const inputs = new Inputs(values);
  outJson(await digestArguments(positionals, inputs));
  return inputs.code(0);
}

/** `logjam merge`: digests, one a line in each file, as one. No more than one line of them is in memory at a time. */
export async function mergeCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: COMMON_OPTIONS });
  const inputs = new Inputs(values);
  const merging = new Merging();
  let lines = 0;
  for (const { uri, path } of await inputs.sources(positionals)) {
    for await (const { text, name, number } of linesOf(inputs, uri, path)) {
      const read = readDigest(text, name, number);
      if (read === null) continue;
      lines++;
      merging.add([read.digest]);
      for (const one of read.broken) inputs.fail(one.name, new Error(one.why));
    }
  }
  if (lines === 0 && inputs.failures.length === 0) throw new UsageError(USAGE.noDigest);
  const { digest, broken } = withWritten(NO_SOURCES, merging.all());
  for (const one of broken) inputs.fail(one.name, new Error(one.why));
  outJson(digest);
  return inputs.code(0);
}

/** A line, counted from 1, of the file or member of an archive with the name. */
interface Line {
  text: string;
  name: string;
  number: number;
}

async function* linesOf(inputs: Inputs, uri: string, path: string): AsyncGenerator<Line> {
  const plain = uri === STDIN ? COMMAND.spool : await plainDigests(uri);
  let number = 0;
  if (plain !== null) {
    for await (const text of fileLines(plain, MAX_LINE)) {
      number++;
      if (text === null) inputs.fail(path, new TooLarge(INPUTS.longLine(number, MAX_LINE)));
      else yield { text, name: path, number };
    }
    return;
  }
  const texts = await inputs.workspace.texts(uri, path).catch((error: unknown) => inputs.fail(path, error));
  for (const { text, name } of texts?.texts ?? []) {
    if (!isDigest(text)) inputs.fail(name, new Error(INPUTS.noDigest));
    else for (const [index, line] of text.split('\n').entries()) yield { text: line, name, number: index + 1 };
  }
}

/** The path of a file that is neither packed nor anything else than digests; it may have any size. */
async function plainDigests(uri: string): Promise<string | null> {
  const path = filePathOf(uri);
  const file = path === null ? null : await open(path).catch(() => null);
  if (file === null) return null;
  const head = await file
    .read(Buffer.alloc(HEAD), 0, HEAD, 0)
    .catch(() => null)
    .finally(() => file.close());
  return head !== null && isDigest(head.buffer.toString('utf8', 0, head.bytesRead)) ? path : null;
}

const HEAD = 256;
/** A digest of any fleet is smaller. In bytes. */
const MAX_LINE = 64 * 1024 * 1024;
