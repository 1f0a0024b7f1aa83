import type { Checkpoint } from '../checkpoint.ts';
import { UnwrapBuilder, type Unwrapped } from './positionMap.ts';
import { FRAME } from './sample.ts';

const HEADER = /^\s*"[\s\S]*" (?:#\d+ |(?:daemon )?(?:os_)?prio=|Id=\d+ [A-Z]|os_prio=|cpu=)|^#\d+ "/;
const BODY = /^\s*(?:java\.lang\.Thread\.State: |- )/;

/** The newest line first, as log stores show it: the header of a thread stands below its frames. */
export async function restoreOrder(text: string, lines: readonly string[], checkpoint: Checkpoint): Promise<Unwrapped | null> {
  let normal = 0;
  let reversed = 0;
  for (const [at, line] of lines.entries()) {
    if (!HEADER.test(line)) continue;
    const before = isBody(lines[at - 1]);
    const after = isBody(lines[at + 1]);
    // Without blank lines both neighbours are bodies; then the state line decides.
    if (before && after) {
      if (isState(lines[at - 1])) reversed++;
      else if (isState(lines[at + 1])) normal++;
    } else if (before) reversed++;
    else if (after) normal++;
  }
  if (reversed < 1 || reversed <= normal * 2) return null;
  const builder = new UnwrapBuilder(text);
  let end = text.length;
  while (end > 0) {
    if (checkpoint.due()) await checkpoint.pause();
    const start = text.lastIndexOf('\n', end - 1) + 1;
    builder.copy(start, end);
    builder.insert(end, '\n');
    end = start - 1;
  }
  return builder.build();
}

function isBody(line: string | undefined): boolean {
  return line !== undefined && (BODY.test(line) || FRAME.test(line));
}

function isState(line: string | undefined): boolean {
  return line?.includes('java.lang.Thread.State: ') ?? false;
}
