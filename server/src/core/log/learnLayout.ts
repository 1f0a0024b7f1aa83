import { withoutColours } from '../unwrap/lines/colours.ts';
import { matchMessage } from './events.ts';
import { headParts } from './headEnd.ts';
import { type Layout, LayoutMatcher } from './layouts.ts';
import { DATE_TIME, parseStamp, RARE_STAMP } from './time.ts';

const STAMP = new RegExp(`^\\[?(?:${RARE_STAMP}|${DATE_TIME})\\]?`);
const TRACE = /^\s|^Caused by: |^\.\.\. \d/;
const FEWEST = 2;

/**
 * A layout learnt from the columns of a text that has no other: every line with a time in front begins a record, whatever
 * stands between the time and the message. Only where one of Flink's own messages stands behind such a head.
 */
export function learnLayout(sample: readonly string[]): Layout[] {
  const lines = sample.map(withoutColours).filter((line) => line.trim() !== '' && !TRACE.test(line));
  const matcher = new LayoutMatcher();
  if (lines.some((line) => matcher.match(line) !== null)) return [];
  const timed = lines.filter((line) => STAMP.test(line));
  if (timed.length < FEWEST || !timed.some((line) => matchMessage(line.slice(readHead(line)?.message ?? 0)) !== null)) return [];
  return [{ id: 'learnt', title: 'A time, and whatever else', generic: true, pattern: STAMP, read: readHead, samples: [], nearMisses: [] }];
}

function readHead(line: string): ReturnType<NonNullable<Layout['read']>> {
  const time = STAMP.exec(line)?.[0];
  const stamp = time === undefined ? null : parseStamp(time.replace(/^\[|\]$/g, ''));
  if (time === undefined || stamp === null) return null;
  const { level, end } = headParts(line, time.length);
  return { stamp, level, logger: null, thread: null, context: null, message: end };
}
