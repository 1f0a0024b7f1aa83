import type { LogFilter, LogFilterChoices } from '../../../../../common/logFilter.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import { subtaskLabel } from '../../log/executions.ts';
import { type FilePart, linePlace } from '../../log/files.ts';
import { type Execution, LEVELS, type Level, type LogModel, type LogRecord } from '../../log/model.ts';
import { formatStamp } from '../../log/time.ts';
import { FILTERED } from './words.ts';

const MAX_CHOICES = 200;
/** Of a day and a time as they are written: "2026-11-20 21:01:43.116". */
const TIME_AT = 11;
/** Later than any second, minute or millisecond that is left out: "21:01" ends with its minute. */
const END = '\uffff';

/**
 * The records that a filter keeps, each line behind the number that it has in its file; of several files that were read as
 * one each below its name. `lineText`: a line in the count through all files, from 0.
 */
export function filteredLog({ log, files }: LogAnalysis, filter: LogFilter, lineText: (line: number) => string, name: string): string {
  const keeps = keeper(log, filter);
  const width = String(log.records.at(-1)?.line ?? 0).length + 1;
  const lines: string[] = [];
  let kept = 0;
  let within: FilePart | null = null;
  for (const record of log.records) {
    if (!keeps(record)) continue;
    const { file, number } = linePlace(files, record.line);
    kept++;
    if (file !== within && file !== null) lines.push('', fileLine(file.name));
    within = file;
    for (let i = 0; i < record.lines; i++) lines.push(`${String(number + i).padStart(width)}  ${lineText(record.line + i)}`);
  }
  return `${[FILTERED.head(kept, log.recordCount, name, filter), '', ...lines].join('\n')}\n`;
}

/** Before the name of a file: no other line of such a view begins with it. */
const FILE_MARK = '── ';

/** What stands above the lines of a file. */
export const fileLine = (name: string): string => `${FILE_MARK}${name}`;

/** The name of the file that the lines below are of; null for another line. */
export const fileNamed = (text: string): string | null => (text.startsWith(FILE_MARK) ? text.slice(FILE_MARK.length) : null);

/** The line of the file that a line of such a view stands for, from 1, and how long the number is with what stands before it. */
export function lineBehind(text: string): { number: number; length: number } | null {
  const found = /^ *(\d{1,9}) {2}/.exec(text);
  return found === null ? null : { number: Number(found[1]), length: found[0].length - 2 };
}

export function filterChoices({ log, failures }: LogAnalysis): LogFilterChoices {
  const threads = new Map<string, number>();
  for (const { thread } of log.records) if (thread !== null) threads.set(thread, (threads.get(thread) ?? 0) + 1);
  const subtasks = [...new Set(log.executions.flatMap((one) => labelOf(one) ?? []))];
  const stamp = (time: number | null | undefined): string | null => (time == null ? null : formatStamp(time, log.clock === 'epoch'));
  let worse = 0;
  const levels = [...LEVELS].reverse().flatMap((level) => {
    worse += log.levels[level] ?? 0;
    return log.levels[level] === undefined ? [] : [{ level, count: worse }];
  });
  return {
    levels,
    threads: [...threads]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, MAX_CHOICES),
    subtasks: subtasks.sort().slice(0, MAX_CHOICES),
    from: stamp(log.from),
    to: stamp(log.to),
    failure: stamp(failures.first?.time),
  };
}

function labelOf(execution: Execution): string | null {
  const label = subtaskLabel(execution);
  return label === null || execution.task === null ? null : `${execution.task} (${label})`;
}

/** Whether a record passes. */
export function keeper(log: Pick<LogModel, 'clock' | 'executions'>, { level, thread, subtask, from, to }: LogFilter): (record: LogRecord) => boolean {
  const least = LEVELS.indexOf(level as Level);
  const told = subtask === undefined ? null : ofSubtask(log, subtask);
  const dated = log.clock === 'epoch';
  const within = (time: number | null): boolean => {
    if (from === undefined && to === undefined) return true;
    if (time === null) return false;
    const stamp = formatStamp(time, dated);
    const as = (bound: string): string => (dated && !bound.includes('-') ? stamp.slice(TIME_AT) : stamp);
    return (from === undefined || as(from) >= from) && (to === undefined || as(to) <= `${to}${END}`);
  };
  return (record) =>
    (least < 0 || (record.level !== null && LEVELS.indexOf(record.level) >= least)) &&
    (thread === undefined || record.thread === thread) &&
    (told === null || told(record)) &&
    within(record.time);
}

/** A subtask's records name it or one of its attempts, in the name of their thread or in their message. */
function ofSubtask({ executions }: Pick<LogModel, 'executions'>, subtask: string): (record: LogRecord) => boolean {
  const own = executions.filter((one) => labelOf(one) === subtask);
  const records = new Set(own.flatMap(({ states, mentions }) => [...states, ...mentions].map(({ record }) => record)));
  const ids = own.flatMap(({ id }) => id ?? []);
  const names = [subtask, ...ids];
  return ({ index, thread, message }) => records.has(index) || names.some((name) => thread?.includes(name) === true || message.includes(name));
}
