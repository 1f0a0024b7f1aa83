import type { Packing } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';

const STAMP = '\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{3,9})?Z?[ \\t]+(?:\\[|INFO|WARN|ERROR|DEBUG|TRACE|FATAL)';
const AT = 'at [\\w.$@+/<>~-]+\\((?<=[\\w$]\\.[\\w$<>-]+\\()[^()\\n]{1,200}\\)';

/** Where a line began that was joined to the one before: a frame, a cause, "... N more", the next record. */
const JOINED = new RegExp(
  `(?<![ \\t])(?:[ \\t]+(?=${AT})|(?:(?<=[\\s)\\]}.\\w])|(?=[ \\t]))[ \\t]*(?=(?:Caused by|Suppressed): (?:[\\w$]+\\.)+[A-Z])|[ \\t]+(?=\\.\\.\\. \\d+ (?:more|common frames omitted))|(?<=\\S)[ \\t]*(?=${STAMP})|(?<=[.)])[ \\t]+(?=(?:[a-z_]\\w*\\.)+[A-Z][\\w$]*(?:Exception|Error)(?::|[ \\t]+at )))`,
  'g',
);
const FRAMES = new RegExp(AT, 'g');
const RECORDS = new RegExp(STAMP, 'g');
/** A shorter line was not joined from several. */
const SHORTEST = 80;
/** The beginning of a line shows what it is; patterns that look ahead must not see more. */
const MAX_SIGN_LENGTH = 8000;

/** Lines of a log that issue trackers and chat programs have joined. */
export const joined: Packing = {
  id: 'joined',
  title: 'lines of a log joined to one',
  sign: (sample) => sample.split('\n', 2000).some((line) => mayBeJoined(line) && hasSign(line.slice(0, MAX_SIGN_LENGTH))),
  *undo(text): Steps<Source> {
    const builder = new SourceBuilder(text);
    for (let start = 0; start < text.length; ) {
      yield;
      let end = text.indexOf('\n', start);
      if (end === -1) end = text.length;
      const line = text.slice(start, end);
      let done = 0;
      if (mayBeJoined(line) && hasSign(line.slice(0, MAX_SIGN_LENGTH))) {
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
  },
  samples: ['org.example.Broken: the text of an exception that is long at a.B.c(B.java:1) at a.B.d(B.java:2) at a.B.e(B.java:3)'],
  nearMisses: ['\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)'],
};

/** Plain searches before the pattern, which is slow on long lines. */
function mayBeJoined(line: string): boolean {
  if (line.length < SHORTEST) return false;
  return (line.includes(' at ') && line.includes('(')) || (line.length > 2 * SHORTEST && /\d{4}-\d\d-\d\d[ T]\d\d:/.test(line.slice(30)));
}

/** Three frames, something thrown and a frame behind it, or the beginnings of two records that do not begin the line. */
function hasSign(line: string): boolean {
  const frames = [...line.matchAll(FRAMES)].map(({ index }) => index);
  const behindBlank = frames.filter((at) => at > 0 && /[ \t]/.test(line.charAt(at - 1)));
  const last = behindBlank.at(-1);
  if (last !== undefined) {
    const thrown = line.search(/(?:Exception|Error)\b/);
    if (thrown !== -1 && thrown < last) return true;
    if (frames.length >= 3 && behindBlank.filter((at) => at !== frames[0]).length >= 2) return true;
  }
  return [...line.slice(1).matchAll(RECORDS)].length >= 2;
}
