import { FoldingRangeKind } from 'vscode-languageserver-types';
import type { Span } from '../../../../common/span.ts';
import { subtaskLabel } from '../../core/log/executions.ts';
import type { Execution, LogRecord } from '../../core/log/model.ts';
import type { Fold } from '../types.ts';
import { elementsOf, type LogDocument } from './elements.ts';
import { LOG_FEATURES } from './words.ts';

const { folds: WORDS } = LOG_FEATURES;

const MAX_FOLDS = 20_000;
const MAX_RUNS = 5000;
const MAX_NAME_LENGTH = 60;
/** Fewer records are read as quickly as a folded line. */
const SHORTEST_RUN = 3;
const SHORTEST_BLOCK = 6;

/**
 * Everything from a first failure to its last consequence, runs of records by execution, records with more than one line,
 * and causes within a trace. Editors keep one fold a line: a trace whose record begins something larger folds from its
 * own first line.
 */
export function folds(document: LogDocument): Fold[] {
  const { analysis, text } = document;
  const result: Fold[] = [];
  for (const episode of analysis.failures.episodes) {
    const last = Math.max(...episode.evidence.map((one) => one.span.end));
    if (last > episode.first.span.end && text.slice(episode.first.span.end, last).includes('\n'))
      result.push({ span: { start: lineStart(text, episode.first.span.start), end: last }, kind: FoldingRangeKind.Region });
  }
  const taken = new Set(result.map((fold) => fold.span.start));
  const episodes = result.map((fold) => fold.span);
  const rows: Fold[] = [];
  for (const run of runs(document, episodes)) {
    if (!taken.has(run.span.start)) rows.push(run);
    taken.add(run.span.start);
  }
  for (const { span, lines } of analysis.log.records) {
    if (lines < 2 || result.length >= MAX_FOLDS) continue;
    const start = taken.has(span.start) ? text.indexOf('\n', span.start) + 1 : span.start;
    // Lines of a record in JSON are none of the file: there is no next one to begin at.
    if (start > span.end) continue;
    if (start === span.start || lines > 2) result.push({ span: { start, end: span.end }, kind: FoldingRangeKind.Region });
  }
  for (const exception of analysis.log.exceptions) {
    if (exception.record === null) result.push({ span: exception.span, kind: FoldingRangeKind.Region });
    for (const one of exception.chain.slice(1)) {
      const end = one.elidedSpan?.end ?? one.frames[one.frames.length - 1]?.span.end;
      // Damage can put the frames of a cause in front of the line that names it.
      if (end !== undefined && end > one.headSpan.start && result.length < MAX_FOLDS) result.push({ span: { start: one.headSpan.start, end } });
    }
  }
  // Editors take only so many: what is long to read comes first.
  return [...result, ...rows];
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/**
 * Records in a row that speak of one execution, and longer rows that speak of several: deployments, restarts, cancellations.
 * None reaches across the border of an episode: editors drop folds that overlap.
 */
function runs(document: LogDocument, episodes: readonly Span[]): Fold[] {
  const { log } = document.analysis;
  if (log.reversed) return [];
  const { byRecord } = elementsOf(document);
  const borders = new Set(episodes.flatMap(({ start, end }) => [recordAround(log.records, start), recordAround(log.records, end) + 1]));
  const result: Fold[] = [];
  const own = new Row(SHORTEST_RUN);
  const all = new Row(SHORTEST_BLOCK);
  let last: Execution | undefined;
  for (const [index, record] of log.records.entries()) {
    const execution = byRecord.get(record.index);
    const border = borders.has(index);
    if (execution !== last || border) result.push(...own.end((records) => WORDS.ofExecution({ name: nameOf(last), records })));
    if (execution === undefined || border) result.push(...all.end(WORDS.aboutTasks));
    last = execution;
    if (result.length >= MAX_RUNS) break;
    if (execution === undefined) continue;
    own.add(record);
    all.add(record);
  }
  result.push(...own.end((records) => WORDS.ofExecution({ name: nameOf(last), records })));
  result.push(...all.end(WORDS.aboutTasks));
  return result;
}

/** Not shortened by its operators, as elsewhere: taking thousands of long chains apart takes long. */
function nameOf(execution: Execution | undefined): string {
  const task = execution?.task ?? '?';
  const cut = task.length > MAX_NAME_LENGTH ? `${task.slice(0, MAX_NAME_LENGTH - 1)}…` : task;
  return WORDS.name({ task: cut, subtask: execution === undefined ? null : subtaskLabel(execution), attempt: execution?.attempt ?? null });
}

/** Records that follow each other, until the row ends. */
class Row {
  #first: LogRecord | null = null;
  #last: LogRecord | null = null;
  #count = 0;
  readonly #shortest: number;

  constructor(shortest: number) {
    this.#shortest = shortest;
  }

  add(record: LogRecord): void {
    this.#first ??= record;
    this.#last = record;
    this.#count++;
  }

  end(title: (records: number) => string): Fold[] {
    const [first, last, count] = [this.#first, this.#last, this.#count];
    this.#first = null;
    this.#last = null;
    this.#count = 0;
    if (first === null || last === null || count < this.#shortest) return [];
    return [{ span: { start: first.span.start, end: last.span.end }, kind: FoldingRangeKind.Region, collapsedText: title(count) }];
  }
}

/** Index of the record that holds an offset, by position in the list. */
function recordAround(records: readonly LogRecord[], offset: number): number {
  let low = 0;
  let high = records.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((records[middle] as LogRecord).span.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
