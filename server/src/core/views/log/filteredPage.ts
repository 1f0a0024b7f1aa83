import type { LogFilter } from '../../../../../common/logFilter.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import type { Checkpoint } from '../../checkpoint.ts';
import { LogBuilder } from '../../log/builder.ts';
import type { Layout } from '../../log/layouts.ts';
import type { LogRecord } from '../../log/model.ts';
import { readRecords } from '../../log/records.ts';
import { fileLine, keeper } from './filtered.ts';
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

/** A file, or one of several that were read as one: then it has a name, and begins at a line of the count through all. */
export interface PagedFile {
  name: string | null;
  line: number;
  pages: LinePages;
}

/** A record that a filter keeps, with all of its lines. */
interface KeptRecord {
  line: number;
  lines: readonly string[];
}

interface Walk {
  /** The first line. */
  from: number;
  layouts: readonly Layout[];
  checkpoint: Checkpoint;
}

/**
 * The records of a large log that a filter keeps, from a line on. Such a file has no record in memory but those that say
 * something: it is read again, block by block.
 *
 * @param analysis says what the subtasks are
 */
export async function* keptRecords(
  analysis: LogAnalysis,
  filter: LogFilter,
  pages: LinePages,
  { from, layouts, checkpoint }: Walk,
): AsyncGenerator<KeptRecord> {
  // What tells a subtask apart are its names and ids: records are counted by block.
  const executions = analysis.log.executions.map((one) => ({ ...one, states: [], mentions: [] }));
  for (let at = from; at < pages.total; ) {
    const lines = await pages.read(at, BLOCK);
    if (lines.length === 0) return;
    const { records, clock } = await recordsOf(lines, layouts, checkpoint);
    const last = at + lines.length >= pages.total;
    const open = last || records.length < 2 ? undefined : records.at(-1);
    const keeps = keeper({ clock, executions }, filter);
    for (const record of open === undefined ? records : records.slice(0, -1)) {
      if (keeps(record)) yield { line: at + record.line, lines: lines.slice(record.line, record.line + record.lines) };
    }
    at += open?.line ?? lines.length;
    await checkpoint.pause();
  }
}

/** Those of several files, from a line of the count through all on. */
async function* keptOfAll(
  analysis: LogAnalysis,
  filter: LogFilter,
  files: readonly PagedFile[],
  { from, ...walk }: Walk,
): AsyncGenerator<KeptRecord & { file: PagedFile }> {
  for (const file of files) {
    if (from >= file.line + file.pages.total) continue;
    const records = keptRecords(analysis, filter, file.pages, { ...walk, from: Math.max(0, from - file.line) });
    for await (const record of records) yield { ...record, file };
  }
}

/**
 * One page of those records, of several files each below its name; its last line names the line at which the next page begins.
 *
 * @param unread names of files that are not there any more
 */
export async function filteredPage(
  analysis: LogAnalysis,
  filter: LogFilter,
  files: readonly PagedFile[],
  { name, unread, ...walk }: Walk & { name: string; unread: readonly string[] },
): Promise<string> {
  const total = Math.max(0, ...files.map(({ line, pages }) => line + pages.total));
  const width = String(total).length + 1;
  const shown: string[] = [];
  let kept = 0;
  let length = 0;
  let next: number | null = null;
  let within: PagedFile | null = null;
  for await (const { line, lines, file } of keptOfAll(analysis, filter, files, walk)) {
    if (kept >= MAX_RECORDS || length >= MAX_LENGTH) {
      next = file.line + line;
      break;
    }
    kept++;
    if (file !== within && file.name !== null) shown.push('', fileLine(file.name));
    within = file;
    for (const [index, text] of lines.entries()) {
      length += text.length;
      shown.push(`${String(line + index + 1).padStart(width)}  ${text}`);
    }
  }
  const head = FILTERED.page(kept, name, filter, { from: walk.from + 1, to: next ?? total, of: total });
  return `${[head, ...unread.map(FILTERED.unread), '', ...shown, ...(next === null ? [] : ['', FILTERED.more(next + 1)])].join('\n')}\n`;
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
