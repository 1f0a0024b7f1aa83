import { type Checkpoint, NO_CHECKPOINT } from '../checkpoint.ts';
import { unwrapDump } from '../unwrap/index.ts';
import { Source } from '../unwrap/positionMap.ts';
import type { ParsedDumps } from './model.ts';
import { readTextDumps } from './textDump.ts';

/** Reads every dump of a text, whatever it is wrapped in. Never throws for bad text; rejects only with Cancelled. */
export async function parseDumps(text: string, checkpoint: Checkpoint = NO_CHECKPOINT): Promise<ParsedDumps> {
  const unwrapped = unwrapDump(text);
  const source = new Source(unwrapped.text, unwrapped.map);
  const { dumps, problems } = await readTextDumps(source, checkpoint);
  return { dumps, problems, wrappers: unwrapped.wrappers };
}
