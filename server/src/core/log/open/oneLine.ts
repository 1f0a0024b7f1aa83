import type { Checkpoint } from '../../checkpoint.ts';
import { UnwrapBuilder, type Unwrapped } from '../../unwrap/positionMap.ts';

const STAMP = '\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{3,9})?Z?[ \\t]+(?:\\[|INFO|WARN|ERROR|DEBUG|TRACE|FATAL)';
const AT = 'at (?:[\\w.$-]+@?[\\w.]*\\/){0,2}(?:[\\w$-]+\\.)+[\\w$<>-]+\\([^()\\n]{1,200}\\)';

/** Where a line began that was joined to the one before: a frame, a cause, "... N more", the next record. */
const JOINED = new RegExp(
  `[ \\t]+(?=${AT})|(?<=[\\s)\\]}.\\w])[ \\t]*(?=(?:Caused by|Suppressed): (?:[\\w$]+\\.)+[A-Z])|[ \\t]+(?=\\.\\.\\. \\d+ (?:more|common frames omitted))|(?<=\\S)[ \\t]*(?=${STAMP})|(?<=[.)])[ \\t]+(?=(?:[a-z_]\\w*\\.)+[A-Z][\\w$]*(?:Exception|Error)(?::|[ \\t]+at ))`,
  'g',
);
const SIGN = new RegExp(`${AT}[^\\n]*?[ \\t]${AT}[^\\n]*?[ \\t]${AT}|(?:Exception|Error)\\b[^\\n]*[ \\t]${AT}|^[^\\n]+?${STAMP}[^\\n]*?${STAMP}`);
/** A shorter line was not joined from several. */
const SHORTEST = 80;
/** The beginning of a line shows what it is; patterns that look ahead must not see more. */
const LONGEST_SIGN = 8000;

export function isJoined(sample: string): boolean {
  return sample.split('\n', 2000).some((line) => mayBeJoined(line) && SIGN.test(line.slice(0, LONGEST_SIGN)));
}

/** Plain searches before the pattern, which is slow on long lines. */
function mayBeJoined(line: string): boolean {
  if (line.length < SHORTEST) return false;
  return (line.includes(' at ') && line.includes('(')) || (line.length > 2 * SHORTEST && /\d{4}-\d\d-\d\d[ T]\d\d:/.test(line.slice(30)));
}

/** Breaks the lines that issue trackers and chat programs have joined. */
export async function breakJoined(text: string, checkpoint: Checkpoint): Promise<Unwrapped> {
  const builder = new UnwrapBuilder(text);
  for (let start = 0; start < text.length; ) {
    if (checkpoint.due()) await checkpoint.pause();
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const line = text.slice(start, end);
    let done = 0;
    if (mayBeJoined(line) && SIGN.test(line.slice(0, LONGEST_SIGN))) {
      for (const { index, 0: blank } of line.matchAll(JOINED)) {
        if (index === 0) continue;
        builder.copy(start + done, start + index);
        builder.insert(start + index, '\n');
        done = index + blank.length;
      }
    }
    builder.copy(start + done, Math.min(text.length, end + 1));
    start = end + 1;
  }
  return builder.build();
}
