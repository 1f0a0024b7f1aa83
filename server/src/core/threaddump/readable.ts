import type { Reading } from '../unwrap/packing.ts';
import { isFlattened } from '../unwrap/packings/flattened.ts';
import { DUMP_WORDS, looksClean, sampleLines } from './sample.ts';

/** Keys of the JSON forms. */
const KEY = /"(?:threadInfos|stringifiedThreadInfo|threadContainers|threadName|stackTrace|threadState|lockedMonitors)"\s{0,9}:/g;

const HEADER =
  /^\s*(?:#\d+ "|(?:=> ?)?0x[\da-f]+ \w*Thread "|"(?:[^"](?:.*[^"])?)?"(?: virtual)?(?: #\d| (?:daemon |(?:os_)?prio=|Id=\d+ [A-Z]|id=\S+ |- Thread t@|tid=|\[_thread_)|:$))/;
const BODY =
  /^\s*(?:(?:at \S+ ?\([^()]*(?:\([^()]*\))?\)(?: ~?\[[^\]]*\])?|(?:at )?[\w.$@/-]+\.[\w$<>]+\([^()]*\))\s*|- +(?:waiting|locked|parking|blocked|eliminated|None|<|lock is|[\w.$[;]+@[\da-f])[^&]*|java\.lang\.Thread\.State: [A-Z_].*|-- .*|\^-- .*)$/s;
const OTHER =
  /^\s*(?:Locked ownable|Number of locked|Carrying virtual|Mounted virtual|Full thread dump|Found |Java stack information|which is (?:held|waiting)|waiting (?:to lock|for)|JNI |Thread \d+: \(state = |=+$|\.\.\.$|$)/;
/** A line of a javacore begins with its tag. */
const TAGGED = /^(?:\d[A-Z]{2,}|NULL\b)/;

/** A line that stands in its place outweighs some that only speak of threads behind something else. */
const IN_PLACE = 3;
/** What other lines take away, each; a dump may stand in a log or before a histogram. */
const OTHERWISE = 0.1;
const MAX_OTHERS = 200;

/**
 * Lines and keys of a dump that stand as the JVM prints them, each header before its stack; less the lines that begin with
 * something else, and less the backslashes.
 */
function readable(sample: string): number {
  let count = (sample.match(KEY)?.length ?? 0) * IN_PLACE - (sample.split('\\').length - 1) / 4;
  let others = 0;
  const lines = sample.split('\n');
  for (const [at, line] of lines.entries()) {
    if (HEADER.test(line)) {
      count += IN_PLACE;
      // In a text that is printed newest first the header stands below its stack.
      if (inBody(lines[at - 1]) && !inBody(lines[at + 1])) count -= 2 * IN_PLACE;
    } else if (inBody(line) || TAGGED.test(line)) count += IN_PLACE;
    else if (DUMP_WORDS.test(line)) count++;
    else if (!OTHER.test(line)) others++;
  }
  return count - Math.min(others, MAX_OTHERS) * OTHERWISE;
}

const inBody = (line: string | undefined): boolean => line !== undefined && BODY.test(line) && (line.length < 400 || !isFlattened(line));

export const dumpReading: Reading = {
  readable,
  plain: (text) => {
    const lines = sampleLines(text);
    return looksClean(lines) && !lines.some((line) => line.includes('\u00a0'));
  },
  sample: (text) => sampleLines(text).join('\n'),
  apart: true,
  except: ['json-document', 'joined', 'fence'],
};
