import type { Checkpoint } from '../checkpoint.ts';
import { UnwrapBuilder, type Unwrapped } from './positionMap.ts';

/** Replaces what a pattern finds and keeps the way back. */
export async function replaceAll(
  text: string,
  pattern: RegExp,
  value: (found: string, ...groups: (string | undefined)[]) => string,
  checkpoint: Checkpoint,
): Promise<Unwrapped> {
  const builder = new UnwrapBuilder(text);
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    if (checkpoint.due()) await checkpoint.pause();
    builder.copy(done, match.index);
    done = match.index + match[0].length;
    builder.replace(match.index, done, value(match[0], ...match.slice(1)));
  }
  builder.copy(done, text.length);
  return builder.build();
}
