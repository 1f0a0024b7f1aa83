import { EMPTY_SPAN } from '../../../../common/span.ts';
import type { LogAnalysis } from '../analysis/log/model.ts';
import { Cancelled, TookTooLong } from '../checkpoint.ts';
import { readRotation, rotations, rotationTitle } from '../gc/rotations.ts';
import type { RawRecord } from '../log/assembler.ts';
import { LogBuilder } from '../log/builder.ts';
import type { FilePart } from '../log/files.ts';
import { findWrapper } from '../log/findWrapper.ts';
import type { LogPart } from '../log/join.ts';
import { joinWithRest } from '../log/joinRest.ts';
import { type Layout, LayoutMatcher } from '../log/layouts.ts';
import { layoutsOfPatterns } from '../log/pattern.ts';
import { readRecords, sampleOf } from '../log/records.ts';
import { type FailuresDocument, readExceptions } from '../log/restExceptions.ts';
import type { ByteAccess } from '../log/streaming/chunkReader.ts';
import { LogStream } from '../log/streaming/stream.ts';
import type { Stamp } from '../log/time.ts';
import type { Options } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { peel } from '../unwrap/lines/prefixes.ts';
import { concludeLog, type GcSource } from './concludeLog.ts';

/** A file of a folder, or of a rotation set. */
export interface LogFile {
  name: string;
  uri: string;
  text: string;
  /** Answers of the REST API, which are read for the failures in them. */
  exceptions?: readonly FailuresDocument[];
}

/** A file that is too large for a text in memory; spans in it count bytes. */
export interface StreamedFile {
  name: string;
  uri: string;
  /** Its beginning, enough to see the first records. */
  head: string;
  bytes: ByteAccess;
  /** Hands all of it to a stream. */
  feed(stream: LogStream): Promise<void>;
}

/** Told before each file is read: its name, its number from 1, and how many there are. */
export type Progress = (name: string, number: number, of: number) => void;

/**
 * Several logs read as one stream: JobManager and TaskManagers of one job, or the files of a rotation, in the order of
 * the first time in each. Executions are joined by their ids, failures ordered by time across all files. Spans and
 * lines count through all files, GC logs included; `files` of the analysis leads back.
 */
export async function analyseLogSet(
  logs: readonly (LogFile | StreamedFile)[],
  options: Options,
  gcLogs: readonly LogFile[] = [],
  progress: Progress = () => undefined,
): Promise<LogAnalysis> {
  const own = layoutsOfPatterns(options.settings['logjam.log.patterns']).layouts;
  const stamped = logs.map((file) => ({ file, first: firstStamp('text' in file ? file.text : file.head, own) }));
  const dated = stamped.some(({ first }) => first?.dated === true);
  const undated = stamped.filter(({ first }) => dated && first?.dated === false);
  const sorted = stamped
    .filter((one) => !undated.includes(one))
    .sort((a, b) => (a.first?.ms ?? LAST) - (b.first?.ms ?? LAST) || (a.file.name < b.file.name ? -1 : 1));
  const parts: LogPart[] = [];
  const rest: LogPart[] = [];
  const files: FilePart[] = [];
  // Nobody knows on which day they were written.
  const problems: Problem[] = undated.map(({ file }) => problem('file-without-dates', { file: file.name }, EMPTY_SPAN));
  const place = { offset: 0, line: 0 };
  for (const [index, { file }] of sorted.entries()) {
    progress(file.name, index + 1, logs.length + gcLogs.length);
    files.push({ name: file.name, uri: file.uri, ...place });
    if ('text' in file) {
      const builder = new LogBuilder();
      const { text, exceptions } = file;
      const add = (record: RawRecord): void => builder.add(record);
      const read =
        exceptions === undefined
          ? await readRecords(text, own, options.checkpoint, add, place)
          : await readExceptions(exceptions, text, options.checkpoint, add, place);
      (exceptions === undefined ? parts : rest).push({ log: builder.model(read), offset: 0, line: 0 });
      advance(place, file.text.length, lineCount(file.text));
    } else {
      const builder = new LogBuilder({ streamed: true });
      const stream = new LogStream(file.bytes, { layouts: own, into: { builder, ...place } });
      try {
        await file.feed(stream);
      } catch (error) {
        if (error instanceof Cancelled || error instanceof TookTooLong) throw error;
        // It vanished, or its disk failed: what was read of it is told, and the other files are.
        const why = error instanceof Error ? error.message : String(error);
        problems.push(problem('file-breaks-off', { file: file.name, why }, { start: place.offset, end: place.offset }));
      }
      parts.push({ log: builder.model(stream.end()), offset: 0, line: 0 });
      problems.push(...stream.problems(file.name, place.offset));
      advance(place, stream.bytes, stream.lines);
    }
  }
  const { log, fault } = joinWithRest(parts, rest);
  if (fault !== null) {
    const names = sorted.flatMap(({ file }) => ('exceptions' in file && file.exceptions !== undefined ? [file.name] : []));
    problems.push(problem('rest-not-joined', { files: names, fault }, EMPTY_SPAN));
  }
  const joined: GcSource[] = [];
  let number = logs.length;
  for (const set of rotations(gcLogs)) {
    const gc = await readRotation(set, options.checkpoint, (file) => {
      progress(file.name, ++number, logs.length + gcLogs.length);
      const { offset } = place;
      files.push({ name: file.name, uri: file.uri, ...place });
      advance(place, file.text.length, lineCount(file.text));
      return offset;
    });
    joined.push({ gc, source: rotationTitle(set) });
  }
  const analysis = concludeLog(log, options.settings, { uri: sorted[0]?.file.uri ?? '', files }, joined);
  analysis.problems.push(...problems);
  return analysis;
}

function advance(place: { offset: number; line: number }, length: number, lines: number): void {
  place.offset += length + 1;
  place.line += lines;
}

/** Files without times come after all others. */
const LAST = Number.MAX_SAFE_INTEGER;

/** Time of the first record that has one. */
function firstStamp(text: string, own: readonly Layout[]): Stamp | null {
  const matcher = new LayoutMatcher(own);
  const lines = sampleOf(text);
  const wrapper = findWrapper(lines);
  for (const raw of lines) {
    const stamp = matcher.match(wrapper === null ? raw : (peel(wrapper, raw)?.text ?? raw))?.stamp;
    if (stamp != null) return stamp;
  }
  return null;
}

function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
