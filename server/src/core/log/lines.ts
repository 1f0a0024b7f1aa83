import type { LineSense } from '../unwrap/packing.ts';
import { isCrashLine, isCutCrashLine } from './crash.ts';
import { julMessage } from './jul.ts';
import { LayoutMatcher } from './layouts.ts';
import { DATE_TIME, RARE_STAMP } from './time.ts';
import { HEAD, SERVER_SIDE_END } from './traces/traceLines.ts';

/** A line longer than this shows in its beginning what it is. */
const MAX_LENGTH = 600;
/** No frame and no head is longer. */
const MAX_OPEN_LENGTH = 2500;
const STAMPED = new RegExp(`^ {0,3}[[(<]?(?:${RARE_STAMP}|${DATE_TIME}|\\d\\d:\\d\\d:\\d\\d[.,]\\d{3}\\b)`);
const FRAME = /^[ \t]*at(?:\s*$| +(?:[\w.$@-]*\/){0,2}(?:[\w$<>-]+\.)+[\w$<>-]*(?:[ (]|$))/;
/** Other lines of traces, of crashes, of Python, of aggregated logs and of what people write. */
const OTHER =
  /^[ \t]*(?:(?:Caused by|Suppressed|Wrapped by):(?: |$)|\.\.\. \d+ |\[CIRCULAR|Exception in thread "|Traceback \(most|File "|- (?:locked|waiting|parking)|java\.lang\.Thread\.State:|"[^"]{1,200}" #\d|"[\w.@-]{1,60}" ?:|```)|^(?:#(?: |$)|-- ?$|={2}|Container: |LogType: ?|End of LogType|[+|][-+|]{2}|(?:DEBUG|INFO|WARNING|ERROR|CRITICAL):[\w.]+:)/;
/** A frame that is printed without "at". */
const BARE_FRAME =
  /^ ?(?:app\/\/|[\w.]{1,60}@[\w.+-]{1,40}\/)|^ ?[\w.$@/<>-]{1,300}\.[\w$<>-]{1,100}\((?:Native|Unknown|[\w$.-]{1,100}(?::\d{1,6})?\)?$)/;
/** A record in JSON; or what a message ends with. */
const JSON_OBJECT = /^[ \t]*\{"/;
/** A bracket on a line of its own, in JSON. */
const BRACKET = /^[ \t]*[[\]{}]+,?$/;
/** What was thrown may begin a line, also where its name was cut; where it stands in a message it may be its rest. */
const THROWN = /^(?:(?:[a-z_$][\w$]*\.)+[A-Z][\w$]*:(?: |$)|[a-z_]\w*\.[a-z_]\w*\.[\w$.]*$)/;
/** A frame without its end; what Flink sent in place of an exception always has the exception's name for its message. */
const OPEN = /^[ \t]*at(?:$|\s+[\w.$@/<>-]*(?:\([^()]*)?$)|\bSerializedThrowable:\s*$/;
/** A cause without its name, or without its message: that may begin with a line end. */
const OPEN_CAUSE = /(?:^|\s)(?:Caused by|Suppressed|[\w.$]+(?:Exception|Error)):\s*$/;

/** Where lines of a log begin, and which of them have no end. */
export const logLines: LineSense = {
  begins(whole) {
    const line = whole.length > MAX_LENGTH ? whole.slice(0, MAX_LENGTH) : whole;
    if (STAMPED.test(line) || FRAME.test(line) || OTHER.test(line) || isCrashLine(line) || SERVER_SIDE_END.test(line)) return 'yes';
    if (julMessage(`\n${line}`) !== null) return 'yes';
    const matcher = new LayoutMatcher();
    // Without a time in front it may be the rest of a record whose time stands in the line before.
    if (matcher.match(line) !== null) return matcher.last?.timeless === true ? 'perhaps' : 'yes';
    return JSON_OBJECT.test(line) || THROWN.test(line) || HEAD.test(line) || BARE_FRAME.test(line) || BRACKET.test(line) ? 'perhaps' : 'no';
  },
  open(line) {
    if (line.length > MAX_OPEN_LENGTH) return 'no';
    if (OPEN.test(line) || isCutCrashLine(line)) return 'yes';
    if (isHalf(line)) return 'padded';
    return OPEN_CAUSE.test(line) ? 'perhaps' : 'no';
  },
};

/** Parts of a head: a level, a thread or a context in brackets, a logger; the last one may be cut. */
const PARTS =
  /[\])>]?(?:\s+(?:\[[^\]]*(?:\](?:\[[^\]]*(?:\]|$))?|$)|(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL)\b:?|[A-Za-z_][\w$-]*\.[\w.$-]*)){1,4}(?:\s+-)?\s*$/y;

/** A head that goes on: no message stands behind it. Names of loggers are filled up with blanks, and messages may begin with some. */
function isHalf(line: string): boolean {
  const stamp = STAMPED.exec(line)?.[0];
  if (stamp === undefined) return false;
  PARTS.lastIndex = stamp.length;
  return PARTS.test(line);
}
