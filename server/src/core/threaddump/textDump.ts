import type { Checkpoint } from '../checkpoint.ts';
import type { Source } from '../unwrap/source.ts';
import { LineWalker } from './lineWalker.ts';
import type { TextDumps } from './model.ts';

/** Reads every dump that is printed as lines: HotSpot and its look-alikes, ThreadInfo, dump_to_file text, jstack -F. */
export async function readTextDumps(source: Source, checkpoint: Checkpoint): Promise<TextDumps> {
  const found = await walk(new LineWalker(source, false), source, checkpoint);
  // Frames alone are somebody's stack too, where there is nothing else.
  return found.dumps.length > 0 || found.problems.length > 0 ? found : walk(new LineWalker(source, true), source, checkpoint);
}

async function walk(walker: LineWalker, source: Source, checkpoint: Checkpoint): Promise<TextDumps> {
  const { length } = source.text;
  for (let at = 0; at < length; ) {
    at = walker.walk(at, Math.min(length, at + 1_000_000));
    if (checkpoint.due()) await checkpoint.pause();
  }
  return walker.finish();
}
