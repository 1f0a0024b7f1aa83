import type { Span } from '../../../common/span.ts';
import { formatDuration, type NoFacts, plural, type Words } from './wording.ts';

/** What a reader could not read, or what has to be known before the rest is trusted; by code, with the facts. */
export interface ProblemFacts {
  'empty-file': NoFacts;
  'unknown-kind': NoFacts;
  /** Said by whoever gathered the files of a set. */
  gathering: { text: string };
  'no-thread-dump': NoFacts;
  'thread-unreadable': NoFacts;
  'thread-without-header': NoFacts;
  'more-threads-unreadable': { count: number };
  'dump-breaks-off': NoFacts;
  /** The JSON of a dump. */
  'json-breaks-off': NoFacts;
  'no-job-graph': NoFacts;
  'no-rest-document': NoFacts;
  'documents-left': { count: number };
  'json-object-ends-as-list': NoFacts;
  'json-list-ends-as-object': NoFacts;
  'json-value-without-name': NoFacts;
  'json-colon-missing': { name: string };
  'json-string-not-closed': NoFacts;
  /** The JSON of a plan; all before its end was read. */
  'json-ends-early': NoFacts;
  'nothing-of-flink': NoFacts;
  'several-flink-versions': { versions: readonly string[] };
  'no-log': NoFacts;
  'clock-steps-back': { ms: number };
  'more-clock-steps': { count: number };
  'trace-damaged': { how: 'joined-frames' | 'frames-left-out' };
  'records-cut': { file: string | null; count: number; mebibytes: number };
  'file-without-dates': { file: string };
  /** It could not be read on: it vanished, or its disk failed. */
  'file-breaks-off': { file: string; why: string };
  /** The parser of Java gave up: the text is too damaged, or nested deeper than anybody writes. */
  'java-unread': { line: number; why: 'damaged' | 'nested'; most: number };
  'pattern-unreadable': { pattern: string };
  'gc-not-joined': { file: string; why: string };
  'no-collection': NoFacts;
  'events-not-listed': { listed: number; left: number };
}

export type ProblemCode = keyof ProblemFacts;

const PROBLEMS: Words<ProblemFacts> = {
  'empty-file': () => 'The file is empty.',
  'unknown-kind': () => 'This is no thread dump, Flink log, GC log, job graph, REST document or Java source that Logjam can read.',
  gathering: ({ text }) => text,
  'no-thread-dump': () => 'No thread dump was found in this text.',
  'thread-unreadable': () => 'This looks like the first line of a thread but cannot be read; the thread is missing.',
  'thread-without-header': () => 'A thread begins here whose first line is missing: its name is not known.',
  'more-threads-unreadable': ({ count }) => `${count} more lines of that kind.`,
  'dump-breaks-off': () => 'The text ends in the middle of the dump; what follows is missing.',
  'json-breaks-off': () => 'The JSON ends in the middle; what follows is missing.',
  'no-job-graph': () => 'No job graph could be read from this text.',
  'no-rest-document': () => 'No document of the REST API could be read from this text.',
  'documents-left': ({ count }) => `${count} more documents were not read.`,
  'json-object-ends-as-list': () => 'An object ends with "]" instead of "}"',
  'json-list-ends-as-object': () => 'A list ends with "}" instead of "]"',
  'json-value-without-name': () => 'A value without a name',
  'json-colon-missing': ({ name }) => `":" is missing after "${name}"`,
  'json-string-not-closed': () => 'A string is not closed on its line',
  'json-ends-early': () => 'The text ends in the middle of the JSON; what comes before was read',
  'nothing-of-flink': () =>
    'No record, logger or stack frame of Flink is in this log: its records and exceptions are shown, but nothing is concluded from them.',
  'several-flink-versions': ({ versions }) =>
    `The text names more than one version of Flink (${versions.slice(0, 5).join(', ')}), so nothing is checked against a version. Say which one is meant by the setting logjam.flinkVersion.`,
  'no-log': () => 'No log record and no stack trace was recognised.',
  'clock-steps-back': ({ ms }) => `The clock steps back by ${formatDuration(ms)} here; records are kept in the order of the text.`,
  'more-clock-steps': ({ count }) => `The clock steps back in ${count} more places.`,
  'trace-damaged': ({ how }) =>
    `This stack trace is damaged: ${how === 'joined-frames' ? 'frames stand on one line or without "at"' : 'frames were left out ("...")'}. Its missing frames are not completed.`,
  'records-cut': ({ file, count, mebibytes }) =>
    `${file === null ? '' : `${file}: `}${plural(count, 'record is', 'records are')} longer than ${mebibytes} MiB and read only up to there.`,
  'file-breaks-off': ({ file, why }) => `${file}: could not be read to its end (${why}).`,
  'file-without-dates': ({ file }) => `${file}: left out, its times have no dates and cannot be put in order with those of the other files.`,
  'java-unread': ({ line, why, most }) =>
    `From line ${line} on this cannot be read as Java${why === 'nested' ? `: brackets are nested more than ${most} deep` : ''}. What stands before was looked at, the rest was not.`,
  'pattern-unreadable': ({ pattern }) =>
    `The pattern "${pattern}" of the setting logjam.log.patterns cannot be read: it needs a level or a date and a message (%m).`,
  'gc-not-joined': ({ file, why }) => `${file}: the collections in it are not joined, ${why}.`,
  'no-collection': () => 'No collection is logged here: the file has other lines of the JVM only, or they are damaged.',
  'events-not-listed': ({ listed, left }) =>
    `All collections are counted, but only the ${listed} that are notable or longest are listed; ${left} are not.`,
};

/** A part of the input that could not be read, or only in part. */
export interface Problem {
  code: ProblemCode;
  facts: ProblemFacts[ProblemCode];
  /** The sentence for it in {@link PROBLEMS}. */
  message: string;
  span: Span;
}

export function problem<C extends ProblemCode>(code: C, facts: ProblemFacts[C], span: Span): Problem {
  return { code, facts, message: PROBLEMS[code](facts), span };
}
