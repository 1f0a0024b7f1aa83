import { peel } from '../../unwrap/lines/wrappers.ts';
import { findWrapper } from '../findWrapper.ts';
import { readJsonRecord } from '../jsonRecord.ts';
import { LayoutMatcher } from '../layouts.ts';

const MOST_LINES = 2000;
const FRAME = /^[ \t]*at [\w$./@<>-]+\([^()]*\)\s*~?(?:\[[^\]]*\])?\s*$/;
const CAUSE = /^[ \t]*(?:Caused by: [\w.$]+|\.\.\. \d+ more\s*$|(?:[a-z_]\w*\.)+[A-Z]\w*(?:Exception|Error)(?::|$))/;

/** Lines of a sample that begin records or belong to stack traces: how much of it can be read. */
export function readable(sample: string): number {
  const lines = sample.split('\n', MOST_LINES);
  const wrapper = findWrapper(lines.slice(0, 300));
  const matcher = new LayoutMatcher();
  let count = 0;
  for (const raw of lines) {
    for (const line of (wrapper === null ? raw : (peel(wrapper, raw)?.text ?? raw)).split('\n')) {
      if (FRAME.test(line) || CAUSE.test(line)) count++;
      else if (line.charCodeAt(0) === 123 ? readJsonRecord(line) !== null : matcher.match(line.slice(0, 2000)) !== null) count++;
    }
  }
  return count;
}
