import type { DumpDiff, ThreadRow } from '../../analysis/threaddump/dumpDiff.ts';
import { oneLine as flat } from '../../text.ts';

const STATE_LETTER: Record<string, string> = {
  RUNNABLE: 'R',
  BLOCKED: 'B',
  WAITING: 'W',
  TIMED_WAITING: 'T',
  NEW: 'N',
  TERMINATED: 'E',
  unknown: '?',
};
const MAX = 40;

const NOTE: Record<ThreadRow['suspicion'], string> = {
  deadlocked: ', deadlocked',
  'waits-in-user-code': ', waits in user or connector code',
  blocked: ', blocked',
  task: '',
  other: '',
};

const TITLES: [ThreadRow['verdict'], string][] = [
  ['stuck', 'Stuck: same stack in every dump, no CPU time used'],
  ['busy-at-one-place', 'Busy at one place: same stack, a tenth of a core or more'],
  ['gone', 'Gone'],
  ['new', 'New'],
  ['moving', 'Moving'],
];

/** One letter a dump: R runnable, B blocked, W waiting, T waiting with a timeout, - not there. */
function stateStrip({ states }: ThreadRow): string {
  return states.map((state) => (state === null ? '-' : (STATE_LETTER[state] ?? '?'))).join('');
}

/** The comparison as plain text. */
export function diffText(diff: DumpDiff): string {
  const lines = [`${diff.dumps.length} dumps: ${diff.dumps.map(({ time, threads }) => `${time ?? 'no time'} (${threads} threads)`).join(', ')}`];
  for (const [verdict, title] of TITLES) {
    const rows = diff.rows.filter((row) => row.verdict === verdict);
    if (rows.length === 0) continue;
    lines.push('', `${title}: ${rows.length}`);
    for (const row of rows.slice(0, MAX))
      lines.push(
        `  ${stateStrip(row)}  "${oneLine(row.name)}"${row.role === null ? '' : ` (${row.role})`}${NOTE[row.suspicion]}${cpu(row)}  ${row.stands}`,
      );
    if (rows.length > MAX) lines.push(`  … and ${rows.length - MAX} more`);
  }
  const idle = diff.rows.filter(({ verdict }) => verdict === 'idle').length;
  const seldom = diff.rows.filter(({ verdict }) => verdict === 'now-and-then').length;
  lines.push('', `Idle: ${idle}`);
  if (seldom > 0) lines.push(`At one place, with little work now and then: ${seldom}`);
  const growing = diff.pools.filter((pool) => pool.growing);
  if (growing.length > 0) {
    lines.push('', 'Growing groups of threads:');
    for (const { prefix, counts } of growing.slice(0, MAX)) lines.push(`  ${oneLine(prefix)}: ${counts.join(' → ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function cpu({ cpuMs, cpuShare }: ThreadRow): string {
  if (cpuMs === null) return '';
  return `, ${Math.round(cpuMs)} ms CPU${cpuShare === null ? '' : ` (${Math.round(cpuShare * 100)} % of a core)`}`;
}

function oneLine(name: string): string {
  const line = flat(name);
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
