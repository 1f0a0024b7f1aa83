import { baseName } from '../../../../../common/virtual.ts';
import { type DumpDiff, diffDumps, type ThreadRow } from '../../analysis/threaddump/dumpDiff.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { oneLine } from '../../text.ts';
import { escapeMarkdown, shorten } from '../../wording.ts';
import type { Compared } from '../made.ts';
import { TOLD_VERDICTS, verdictCounts } from './diffText.ts';
import { lineLink } from './markdown.ts';
import { COMPARED, DIFF } from './words.ts';

const MAX_ROWS = 200;
const MAX_POOLS = 40;

interface Source {
  dump: AnalysedDump;
  uri: string;
  lineOf: (offset: number) => number;
}

/** Dumps of one process beside each other, in the order given: who stands still, came, went; as Markdown with links into each of them. */
export function dumpsCompared(files: readonly Compared<ThreadDumpAnalysis>[]): string {
  const sources = files.flatMap(({ analysis: { dumps }, uri, lineOf }) => dumps.map((dump): Source => ({ dump, uri, lineOf })));
  const diff = diffDumps(sources.map(({ dump }) => dump));
  const parts = [
    `**${escapeMarkdown(verdictOf(diff))}**`,
    table(
      COMPARED.dumps,
      sources.map(({ dump: { dump }, uri, lineOf }, at) => [
        lineLink(COMPARED.dump(at + 1, baseName(uri)), uri, lineOf(dump.span.start)),
        escapeMarkdown(dump.time ?? COMPARED.noTime),
        String(dump.threads.length),
      ]),
    ),
  ];
  const told = TOLD_VERDICTS.map((verdict) => ({ title: DIFF.verdicts[verdict], rows: diff.rows.filter((row) => row.verdict === verdict) }));
  // What is stuck, what is nearly, and everything else.
  for (const { title, rows } of [...told.slice(0, 1), { title: DIFF.nowAndThen, rows: slow(diff) }, ...told.slice(1)]) {
    if (rows.length === 0) continue;
    parts.push(
      `## ${DIFF.count(title, rows.length)}`,
      table(
        COMPARED.threads,
        rows.slice(0, MAX_ROWS).map((row) => cells(row, sources)),
      ),
    );
    if (rows.length > MAX_ROWS) parts.push(DIFF.more(rows.length - MAX_ROWS));
  }
  const counts = verdictCounts(diff);
  const seldom = counts.seldom - slow(diff).length;
  parts.push(`- ${DIFF.count(DIFF.idle, counts.idle)}${seldom > 0 ? `\n- ${DIFF.count(DIFF.nowAndThen, seldom)}` : ''}`);
  const growing = diff.pools.filter((pool) => pool.growing).slice(0, MAX_POOLS);
  if (growing.length > 0) {
    parts.push(`## ${COMPARED.growing}`, growing.map(({ prefix, counts }) => `- ${escapeMarkdown(prefix)}: ${counts.join(' → ')}`).join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** At the same place in every dump with some CPU time: what does the work of a job there may hold it up. */
const slow = ({ rows }: DumpDiff): ThreadRow[] => rows.filter(({ verdict, suspicion }) => verdict === 'now-and-then' && suspicion !== 'other');

function verdictOf(diff: DumpDiff): string {
  const { rows, dumps } = diff;
  const [slowest] = slow(diff);
  const stuck = rows.filter(({ verdict }) => verdict === 'stuck');
  const [first] = stuck;
  const busy = rows.filter(({ verdict }) => verdict === 'busy-at-one-place').length;
  if (dumps.length < 2) return COMPARED.oneDump;
  if (first === undefined && slowest !== undefined) return COMPARED.slow(shorten(oneLine(slowest.name), 40), dumps.length);
  return first === undefined
    ? COMPARED.nothingStuck(dumps.length, busy)
    : COMPARED.stuck(stuck.length, shorten(oneLine(first.name), 40), dumps.length);
}

/** Who, its state in each dump with a link to it, where it stands, and its CPU time. */
function cells({ name, role, states, threads, suspicion, stands, cpuMs, cpuShare }: ThreadRow, sources: readonly Source[]): string[] {
  const each = threads.map((thread, at) => {
    const source = sources[at];
    if (thread === null || source === undefined) return COMPARED.absent;
    return lineLink(states[at] ?? COMPARED.noState, source.uri, source.lineOf(thread.span.start));
  });
  const who = `${escapeMarkdown(shorten(oneLine(name), 80))}${role === null ? '' : ` (${escapeMarkdown(role)})`}${DIFF.suspicions[suspicion]}`;
  return [who, each.join(' '), escapeMarkdown(shorten(stands, 100)), cpuMs === null ? '' : COMPARED.cpu(cpuMs, cpuShare)];
}

const table = (columns: readonly string[], rows: readonly string[][]): string =>
  [`| ${columns.join(' | ')} |`, `|${'---|'.repeat(columns.length)}`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
