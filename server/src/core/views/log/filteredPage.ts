import type { LogFilter } from '../../../../../common/logFilter.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import type { Checkpoint } from '../../checkpoint.ts';
import { LogBuilder } from '../../log/builder.ts';
import type { Layout } from '../../log/layouts.ts';
import type { LogRecord } from '../../log/model.ts';
import { readRecords } from '../../log/records.ts';
import { keeper } from './filtered.ts';
import { FILTERED } from './words.ts';

/** So many lines are read at a time. */
const BLOCK = 10_000;
/** What one page holds at most, beside the last record: in records and in characters. */
const MAX_RECORDS = 5000;
const MAX_LENGTH = 2_000_000;

/** The lines of a file that is too large for a text; counted from 0. */
export interface LinePages {
  total: number;
  read(from: number, count: number): Promise<readonly string[]>;
}

/**
 * One page of the records of a large log that a filter keeps, from a line on; its last line names the line at which the next
 * page begins. Such a file has no record in memory but those that say something: it is read again, block by block.
 *
 * @param analysis says what the subtasks are
 */
export async function filteredPage(
  analysis: LogAnalysis,
  filter: LogFilter,
  pages: LinePages,
  { from, name, layouts, checkpoint }: { from: number; name: string; layouts: readonly Layout[]; checkpoint: Checkpoint },
): Promise<string> {
  const width = String(pages.total).length + 1;
  // What tells a subtask apart are its names and ids: records are counted by block.
  const executions = analysis.log.executions.map((one) => ({ ...one, states: [], mentions: [] }));
  const shown: string[] = [];
  let kept = 0;
  let length = 0;
  let at = from;
  let next: number | null = null;
  while (at < pages.total && next === null) {
    const lines = await pages.read(at, BLOCK);
    if (lines.length === 0) break;
    const { records, clock } = await recordsOf(lines, layouts, checkpoint);
    const last = at + lines.length >= pages.total;
    const open = last || records.length < 2 ? undefined : records.at(-1);
    const keeps = keeper({ clock, executions }, filter);
    for (const record of open === undefined ? records : records.slice(0, -1)) {
      if (!keeps(record)) continue;
      if (kept >= MAX_RECORDS || length >= MAX_LENGTH) {
        next = at + record.line;
        break;
      }
      kept++;
      for (let line = record.line; line < record.line + record.lines; line++) {
        const text = lines[line] ?? '';
        length += text.length;
        shown.push(`${String(at + line + 1).padStart(width)}  ${text}`);
      }
    }
    at += open?.line ?? lines.length;
    await checkpoint.pause();
  }
  const end = next ?? pages.total;
  const head = FILTERED.page(kept, name, filter, { from: from + 1, to: end, of: pages.total });
  return `${[head, '', ...shown, ...(next === null ? [] : ['', FILTERED.more(next + 1)])].join('\n')}\n`;
}

/** The line, from 1, at which the next page begins, where a line of such a view says so. */
export function nextPage(text: string): number | null {
  const found = /^More from line (\d{1,12}) on$/.exec(text);
  return found === null ? null : Number(found[1]);
}

async function recordsOf(
  lines: readonly string[],
  layouts: readonly Layout[],
  checkpoint: Checkpoint,
): Promise<{ records: LogRecord[]; clock: LogAnalysis['log']['clock'] }> {
  const builder = new LogBuilder();
  const { records, clock } = builder.model(await readRecords(lines.join('\n'), layouts, checkpoint, (record) => builder.add(record)));
  return { records, clock };
}
