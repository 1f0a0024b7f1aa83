import { type Head, levelOf } from './head.ts';
import { parseStamp } from './time.ts';

/** "Jan 1, 2030 @ 10:00:00.120", as Kibana writes times. Source of a regular expression. */
export const KIBANA_STAMP = '[A-Z][a-z]{2} \\d{1,2}, \\d{4} @ \\d\\d:\\d\\d:\\d\\d\\.\\d{3}';

const STAMP = new RegExp(`^${KIBANA_STAMP}`);
const LOGGER = /^(?:[A-Za-z_$][\w$-]*\.)+[\w$]+$/;

/** A row that was copied out of a table: time, then columns in any order between tabs. The message is the longest of them. */
export function readRow(line: string): Head | null {
  const stamp = STAMP.exec(line)?.[0];
  if (stamp === undefined) return null;
  const head: Head = { stamp: parseStamp(stamp), level: null, logger: null, thread: null, context: null, message: stamp.length + 1 };
  let at = head.message;
  let longest = -1;
  for (const cell of line.slice(at).split('\t')) {
    const level = levelOf(cell.trim());
    if (level !== null) head.level ??= level;
    else if (LOGGER.test(cell)) head.logger ??= cell;
    else if (cell.length > longest) {
      longest = cell.length;
      head.message = at;
      head.end = at + cell.length;
    }
    at += cell.length + 1;
  }
  return head;
}
