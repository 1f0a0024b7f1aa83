import { type Checkpoint, NO_CHECKPOINT } from '../checkpoint.ts';
import { problem } from '../problems.ts';
import { unwrap } from '../unwrap/index.ts';
import { Source } from '../unwrap/source.ts';
import { inTurns } from '../unwrap/steps.ts';
import { isEclipse, readEclipse } from './eclipse.ts';
import { isJavacore, readJavacore } from './javacore.ts';
import { readJsonDumps } from './jsonDump.ts';
import type { ParsedDumps, TextDumps } from './model.ts';
import { dumpReading } from './readable.ts';
import { readTextDumps } from './textDump.ts';

const SAMPLE = 64 * 1024;

/** Reads every dump of a text, whatever it is wrapped in. Never throws for bad text; rejects only with Cancelled. */
export async function parseDumps(text: string, checkpoint: Checkpoint = NO_CHECKPOINT): Promise<ParsedDumps> {
  const json = await readJsonDumps(new Source(text), checkpoint);
  if (json !== null) return { ...json, wrappers: [] };
  const { source, packings: wrappers } = await inTurns(unwrap(text, dumpReading), checkpoint);
  const { dumps, problems } = await readPlain(source, wrappers.length > 0, checkpoint);
  if (dumps.length === 0) problems.push(problem('no-thread-dump', {}, { start: 0, end: Math.min(text.length, 200) }));
  return { dumps, problems, wrappers };
}

async function readPlain(source: Source, unwrapped: boolean, checkpoint: Checkpoint): Promise<TextDumps> {
  const json = unwrapped ? await readJsonDumps(source, checkpoint) : null;
  if (json !== null) return json;
  const sample = source.text.slice(0, SAMPLE);
  if (isJavacore(sample)) return readJavacore(source, checkpoint);
  return isEclipse(sample) ? readEclipse(source, checkpoint) : readTextDumps(source, checkpoint);
}
