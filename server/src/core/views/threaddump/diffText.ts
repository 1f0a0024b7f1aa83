import { table } from '../../../../../common/table.ts';
import type { DumpDiff, ThreadRow } from '../../analysis/threaddump/dumpDiff.ts';
import { oneLine as flat } from '../../text.ts';
import { shorten } from '../../wording.ts';
import { DIFF } from './words.ts';

const STATE_LETTER = table<string>({
  RUNNABLE: 'R',
  BLOCKED: 'B',
  WAITING: 'W',
  TIMED_WAITING: 'T',
  NEW: 'N',
  TERMINATED: 'E',
  unknown: '?',
});
const MAX = 40;

/** What is told thread by thread, in this order. */
export const TOLD_VERDICTS = ['stuck', 'busy-at-one-place', 'gone', 'new', 'moving'] as const;

/** One letter a dump: R runnable, B blocked, W waiting, T waiting with a timeout, - not there. */
function stateStrip({ states }: ThreadRow): string {
  return states.map((state) => (state === null ? '-' : (STATE_LETTER[state] ?? '?'))).join('');
}

/** The comparison as plain text. */
export function diffText(diff: DumpDiff): string {
  const lines = [DIFF.head(diff.dumps)];
  for (const verdict of TOLD_VERDICTS) {
    const rows = diff.rows.filter((row) => row.verdict === verdict);
    if (rows.length === 0) continue;
    lines.push('', DIFF.count(DIFF.verdicts[verdict], rows.length));
    for (const row of rows.slice(0, MAX)) {
      const { name, role, suspicion, cpuMs, cpuShare, stands } = row;
      const who = `"${oneLine(name)}"${role === null ? '' : ` (${role})`}${DIFF.suspicions[suspicion]}`;
      lines.push(`  ${stateStrip(row)}  ${who}${cpuMs === null ? '' : DIFF.cpu(cpuMs, cpuShare)}  ${stands}`);
    }
    if (rows.length > MAX) lines.push(`  ${DIFF.more(rows.length - MAX)}`);
  }
  const { idle, seldom } = verdictCounts(diff);
  lines.push('', DIFF.count(DIFF.idle, idle));
  if (seldom > 0) lines.push(DIFF.count(DIFF.nowAndThen, seldom));
  const growing = diff.pools.filter((pool) => pool.growing);
  if (growing.length > 0) {
    lines.push('', DIFF.growing);
    for (const { prefix, counts } of growing.slice(0, MAX)) lines.push(`  ${oneLine(prefix)}: ${counts.join(' → ')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Threads that are only counted. */
export const verdictCounts = ({ rows }: DumpDiff) => ({
  idle: rows.filter(({ verdict }) => verdict === 'idle').length,
  seldom: rows.filter(({ verdict }) => verdict === 'now-and-then').length,
});

function oneLine(name: string): string {
  return shorten(flat(name), 100);
}
