import { type Checkpoint, NO_CHECKPOINT } from '../checkpoint.ts';
import { unwrapDump } from '../unwrap/index.ts';
import { Source } from '../unwrap/positionMap.ts';
import { isJavacore, readJavacore } from './javacore.ts';
import { readJsonDumps } from './jsonDump.ts';
import type { ParsedDumps } from './model.ts';
import { readTextDumps, type TextDumps } from './textDump.ts';

/** Reads every dump of a text, whatever it is wrapped in. Never throws for bad text; rejects only with Cancelled. */
export async function parseDumps(text: string, checkpoint: Checkpoint = NO_CHECKPOINT): Promise<ParsedDumps> {
  const unwrapped = unwrapDump(text);
  const source = new Source(unwrapped.text, unwrapped.map);
  const { dumps, problems } = await read(source, checkpoint);
  return { dumps, problems, wrappers: unwrapped.wrappers };
}

const SAMPLE = 64 * 1024;

async function read(source: Source, checkpoint: Checkpoint): Promise<TextDumps> {
  const json = await readJsonDumps(source, checkpoint);
  if (json !== null) return json;
  return isJavacore(source.text.slice(0, SAMPLE)) ? readJavacore(source, checkpoint) : readTextDumps(source, checkpoint);
}
