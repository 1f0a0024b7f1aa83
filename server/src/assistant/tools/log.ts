import * as v from 'valibot';
import type { LogFilter } from '../../../../common/logFilter.ts';
import type { LogAnalysis } from '../../core/analysis/log/model.ts';
import { LEVELS, type LogModel, type LogRecord } from '../../core/log/model.ts';
import { layoutsOfPatterns } from '../../core/log/pattern.ts';
import { keeper } from '../../core/views/log/filtered.ts';
import { keptRecords } from '../../core/views/log/filteredPage.ts';
import type { Waiter } from '../../workspace/waiters.ts';
import type { Analysed } from '../../workspace/workspace.ts';
import { type Case, type Cases, sourcesOf } from '../cases.ts';
import { cursor, page, paged, tokens, told } from '../paging.ts';
import { caseId, sourceName } from '../schemas.ts';
import { tool } from '../tool.ts';
import { ToolError } from '../toolError.ts';
import { TOOL_TITLES } from '../toolTitleWords.ts';
import { LOG } from '../words.ts';

/** Lines that are looked at for one answer. */
const MOST_LINES = 400;
/** Of a log that is too large for a text, at most so many lines are looked through for one answer. */
const MOST_LOOKED_AT = 400_000;
/** A longer line is cut; `line` and `column` ask for the rest. In characters. */
const MAX_LINE = 400;
/** Of a line that is asked for whole. */
const WHOLE_LINE = 10_000;

const bound = (what: string) => v.exactOptional(v.pipe(v.string(), v.maxLength(1000), v.description(what)));
const number = (what: string, least: number) => v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(least), v.description(what)));

const output = v.strictObject({
  source: v.string(),
  sources: v.pipe(v.array(v.string()), v.description(LOG.sources)),
  lines: v.array(v.strictObject({ line: v.number(), text: v.string(), cut: v.pipe(v.number(), v.description(LOG.cut)) })),
  matched: v.pipe(v.nullable(v.number()), v.description(LOG.matched)),
  total: v.pipe(v.number(), v.description(LOG.total)),
  ...page,
});
type Answer = v.InferOutput<typeof output>;

export const log = tool({
  name: 'logjam_log',
  ...TOOL_TITLES.logjam_log,
  description: LOG.description,
  input: v.strictObject({
    case: caseId,
    source: sourceName,
    level: v.exactOptional(v.pipe(v.picklist(LEVELS), v.description(LOG.level))),
    text: bound(LOG.text),
    thread: bound(LOG.thread),
    subtask: bound(LOG.subtask),
    from: bound(LOG.from),
    to: bound(LOG.to),
    line: number(LOG.line, 1),
    column: number(LOG.column, 1),
    cursor,
    tokens,
  }),
  output,
  run: async (cases, { case: id, source, line, column, text, cursor: from, tokens: room, ...filter }, waiter) => {
    const opened = await cases.of(id);
    const name = source ?? logOf(opened);
    const document = await cases.source(opened, name, waiter);
    const window = (first: number, count: number) => cases.workspace.lines.lines({ uri: document.uri, from: first, count });
    const base = { source: name, sources: sourcesOf(opened, 'flink-log') };
    const isFiltered = text !== undefined || Object.keys(filter).length > 0;
    if (column !== undefined || !isFiltered) return inOrder(base, window, { line: line ?? 1, column, from, room });
    if (document.analysis.kind !== 'flink-log') throw new ToolError(LOG.noLog(name));
    const wanted = { filter, text: text?.toLowerCase(), from, after: line ?? 1, room };
    const { log: model } = document.analysis;
    if (document.text !== '') return matching(base, document, model, wanted);
    return inLarge(base, cases, document, document.analysis, wanted, waiter);
  },
});

type Base = Pick<Answer, 'source' | 'sources'>;
type Window = (from: number, count: number) => ReturnType<Cases['workspace']['lines']['lines']>;

/** That with the first failure, else the first one. @throws ToolError where the case has no log */
function logOf(opened: Case): string {
  const logs = sourcesOf(opened, 'flink-log');
  const blamed = opened.incident.verdict.evidence.flatMap(({ at }) => (at === null ? [] : [at.source]));
  const found = logs.find((name) => blamed.includes(name)) ?? logs[0];
  if (found === undefined) throw new ToolError(LOG.none);
  return found;
}

const row = (text: string, line: number, start = 0, most = MAX_LINE): Answer['lines'][number] => {
  const shown = text.slice(start, start + most);
  return { line, text: told(shown, Infinity), cut: Math.max(0, text.length - start - shown.length) };
};

/** The lines from one on, as they stand; with a column, the rest of that one. */
async function inOrder(
  base: Base,
  window: Window,
  { line, column, from, room }: { line: number; column: number | undefined; from: number; room: number },
): Promise<Answer> {
  const whole = column !== undefined;
  const found = await window(line - 1 + from, whole ? 1 : MOST_LINES);
  if (found === null) throw new ToolError(LOG.unreadable(base.source));
  const numbered = found.lines.map((text, at) => ({ text, line: found.from + at + 1 }));
  const { items } = paged(numbered, 0, { tokens: room }, (one) =>
    whole ? row(one.text, one.line, column - 1, Math.min(WHOLE_LINE, room * 2)) : row(one.text, one.line),
  );
  const end = found.from + items.length;
  const more = whole ? 0 : found.total - end;
  return { ...base, lines: items, matched: null, total: found.total, more, next: more > 0 ? end - line + 1 : null };
}

interface Wanted {
  filter: LogFilter;
  /** In small letters. */
  text: string | undefined;
  /** Where the answer before has ended. */
  from: number;
  /** The first line, from 1. */
  after: number;
  room: number;
}

/** The records that a filter keeps, each by its first line. */
function matching(base: Base, { text: whole, index }: Analysed, model: LogModel, { filter, text, from, after, room }: Wanted): Answer {
  const linesOf = (first: number, count: number) => whole.slice(index.lineStart(first), index.lineStart(first + count));
  const keeps = keeper(model, filter);
  // What a record says may stand in the lines of its trace, and its message may be written otherwise in the file.
  const says = ({ line, lines, message }: LogRecord): boolean =>
    text === undefined || message.toLowerCase().includes(text) || linesOf(line, lines).toLowerCase().includes(text);
  const kept = model.records.filter((record) => record.line + 1 >= after && keeps(record) && says(record));
  const { items, more, next } = paged(kept, from, { tokens: room, most: MOST_LINES }, ({ line }) => row(linesOf(line, 1).trimEnd(), line + 1));
  return { ...base, lines: items, matched: kept.length, total: index.lineCount, more, next };
}

/** The same of a log that is too large for a text: it is walked through from a line on, so far and no further. The cursor is a line. */
async function inLarge(
  base: Base,
  { workspace }: Cases,
  { uri, settings }: Analysed,
  analysis: LogAnalysis,
  { filter, text, from, after, room }: Wanted,
  waiter: Waiter,
): Promise<Answer> {
  const pages = await workspace.lines.pages(uri);
  if (pages === null) throw new ToolError(LOG.unreadable(base.source));
  const begin = Math.max(from, after - 1);
  const looked = { ...pages, total: Math.min(pages.total, begin + MOST_LOOKED_AT) };
  const { layouts } = layoutsOfPatterns(settings['logjam.log.patterns']);
  const rows: Answer['lines'] = [];
  for await (const { line, lines } of keptRecords(analysis, filter, looked, { from: begin, layouts, checkpoint: workspace.checkpointFor(waiter) })) {
    if (text !== undefined && !lines.some((one) => one.toLowerCase().includes(text))) continue;
    rows.push(row(lines[0] ?? '', line + 1));
    if (rows.length > MOST_LINES) break;
  }
  const { items } = paged(rows, 0, { tokens: room }, (one) => one);
  const following = rows[items.length];
  const next = following === undefined ? looked.total : following.line - 1;
  const more = pages.total - next;
  return { ...base, lines: items, matched: null, total: pages.total, more, next: more > 0 ? next : null };
}
