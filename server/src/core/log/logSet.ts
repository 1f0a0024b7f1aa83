import type { Span } from '../../../../common/span.ts';
import { parseGcLog } from '../gc/index.ts';
import type { Options } from '../model.ts';
import { LineIndex } from '../text.ts';
import { LogBuilder } from './builder.ts';
import { concludeLog } from './conclude.ts';
import { gcTrackOf } from './gcTrack.ts';
import { LayoutMatcher } from './layouts.ts';
import type { LogAnalysis } from './model.ts';
import { layoutsOfPatterns } from './pattern.ts';
import { type ReadResult, readRecords, sampleOf } from './records.ts';
import { findWrapper, peel } from './wrappers.ts';

/** A file of a folder, or of a rotation set. */
export interface LogFile {
  name: string;
  uri: string;
  text: string;
}

/**
 * Several logs read as one stream: JobManager and TaskManagers of one job, or the files of a rotation.
 * Spans and lines count through all files, in the order in which they were read; `locate` leads back.
 */
export interface LogSet {
  analysis: LogAnalysis;
  /** In the order of reading: by the first time in each. */
  files: readonly LogFile[];
  locate(span: Span): { file: LogFile; span: Span };
  /** Line of an offset, both counted through all files. */
  lineOf(offset: number): number;
  /** "taskmanager.log:12", counted from 1. */
  lineName(line: number): string;
}

interface Placed {
  index: LineIndex | null;
  file: LogFile;
  offset: number;
  line: number;
}

/** Reads logs as one. Executions are joined by their ids, failures ordered by time across all files. */
export async function analyseLogSet(files: readonly LogFile[], options: Options, gcLogs: readonly LogFile[] = []): Promise<LogSet> {
  const own = layoutsOfPatterns(options.settings['logjam.log.patterns']).layouts;
  const sorted = files
    .map((file) => ({ file, first: firstTime(file.text) }))
    .sort((a, b) => a.first - b.first || (a.file.name < b.file.name ? -1 : 1));
  const builder = new LogBuilder();
  const placed: Placed[] = [];
  let read: ReadResult | null = null;
  let offset = 0;
  let line = 0;
  for (const { file } of sorted) {
    placed.push({ file, offset, line, index: null });
    builder.nextFile();
    const result = await readRecords(file.text, own, options.checkpoint, (record) => builder.add(record), { offset, line });
    read ??= result;
    offset += file.text.length + 1;
    line += lineCount(file.text);
  }
  const log = builder.model(read ?? { layout: null, wrapper: null, reversed: false });
  let gc = null;
  for (const file of gcLogs) gc ??= gcTrackOf(await parseGcLog(file.text, options.checkpoint), log, file.name);
  return {
    analysis: concludeLog(log, options.settings, sorted[0]?.file.uri ?? '', gc),
    files: placed.map((one) => one.file),
    locate(span) {
      const one = lastBefore(placed, (place) => place.offset, span.start);
      return { file: one.file, span: { start: span.start - one.offset, end: Math.min(span.end - one.offset, one.file.text.length) } };
    },
    lineOf(at) {
      const one = lastBefore(placed, (place) => place.offset, at);
      one.index ??= new LineIndex(one.file.text);
      return one.line + one.index.lineOf(at - one.offset);
    },
    lineName(number) {
      const one = lastBefore(placed, (place) => place.line, number);
      return `${one.file.name}:${number - one.line + 1}`;
    },
  };
}

function lastBefore(placed: readonly Placed[], key: (place: Placed) => number, value: number): Placed {
  return (placed.findLast((place) => key(place) <= value) ?? placed[0]) as Placed;
}

/** Time of the first record; files without any come last. */
function firstTime(text: string): number {
  const matcher = new LayoutMatcher();
  const lines = sampleOf(text);
  const wrapper = findWrapper(lines);
  for (const raw of lines) {
    const stamp = matcher.match(wrapper === null ? raw : (peel(wrapper, raw)?.text ?? raw))?.stamp;
    if (stamp != null) return stamp.ms;
  }
  return Number.MAX_SAFE_INTEGER;
}

function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
