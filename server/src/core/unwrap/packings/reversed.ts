import { FRAME } from '../lines/frame.ts';
import type { Packing } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';

const HEADER = /^\s*"[\s\S]*" (?:#\d+ |(?:daemon )?(?:os_)?prio=|Id=\d+ [A-Z]|os_prio=|cpu=)|^#\d+ "/;
const BODY = /^\s*(?:java\.lang\.Thread\.State: |- )/;

/** The newest line first, as log stores show it: the header of a thread stands below its frames. */
export const reversed: Packing = {
  id: 'reversed',
  title: 'the newest line first',
  sign(sample) {
    const lines = sample.split('\n');
    let normal = 0;
    let turned = 0;
    for (const [at, line] of lines.entries()) {
      if (!HEADER.test(line)) continue;
      const before = isBody(lines[at - 1]);
      const after = isBody(lines[at + 1]);
      // Without blank lines both neighbours are bodies; then the state line decides.
      if (before && after) {
        if (isState(lines[at - 1])) turned++;
        else if (isState(lines[at + 1])) normal++;
      } else if (before) turned++;
      else if (after) normal++;
    }
    return turned >= 1 && turned > normal * 2;
  },
  *undo(text): Steps<Source> {
    const builder = new SourceBuilder(text);
    let end = text.length;
    while (end > 0) {
      yield;
      const start = text.lastIndexOf('\n', end - 1) + 1;
      builder.copy(start, end);
      builder.insert(end, '\n');
      end = start - 1;
    }
    return builder.build();
  },
  samples: ['\tat a.B.c(B.java:1)\n   java.lang.Thread.State: RUNNABLE\n"main" #1 prio=5'],
  nearMisses: ['"main" #1 prio=5\n   java.lang.Thread.State: RUNNABLE\n\tat a.B.c(B.java:1)'],
};

function isBody(line: string | undefined): boolean {
  return line !== undefined && (BODY.test(line) || FRAME.test(line));
}

function isState(line: string | undefined): boolean {
  return line?.includes('java.lang.Thread.State: ') ?? false;
}
