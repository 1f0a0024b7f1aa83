import type { Span } from '../../../common/span.ts';
import { type Coded, formatDuration, list, type NoFacts, plural, quoted, say, shorten, type Words, zoneName } from './wording.ts';

/** What a reader could not read, or what has to be known before the rest is trusted; by code, with the facts. */
export interface ProblemFacts {
  'empty-file': NoFacts;
  /** `[]` or `{}`: what the REST API answers where there is nothing to list; `metrics`: it was asked for metrics, by the file's name. */
  'empty-answer': { metrics: boolean };
  'unknown-kind': NoFacts;
  /** Of a file that is compressed, or of one in an archive. */
  packed: { file: string; fault: PackedFault };
  'file-unreadable': { file: string; why: string | null };
  /** It is not there, or its folder cannot be listed. */
  'file-missing': { file: string; why: string };
  'file-passed-by': { file: string; why: string };
  /** Its analysis was ended: it took too long, or its thread was gone. */
  'analysis-stopped': { file: string; why: string };
  'file-too-large': { file: string; megabytes: number };
  'file-without-text': { file: string };
  'file-without-log': { file: string };
  'text-too-long': { file: string; megabytes: number };
  'files-beyond': { most: number };
  'more-files-left': { count: number };
  /** `looked`: files; `left`: why some of them were left out. */
  'no-log-in-set': { looked: number; gcLogs: number; skipped: readonly string[]; left: readonly string[] };
  'no-thread-dump': NoFacts;
  'thread-unreadable': NoFacts;
  'thread-without-header': NoFacts;
  'more-threads-unreadable': { count: number };
  'dump-breaks-off': NoFacts;
  /** The JSON of a dump. */
  'json-breaks-off': NoFacts;
  'no-job-graph': NoFacts;
  /** `failed`: the document says so of the job. */
  'job-without-graph': { title: string | null; failed: boolean };
  'no-rest-document': NoFacts;
  /** `megabytes`: how large it may be. */
  'yaml-unread': { why: 'too-large' | 'too-deep' | 'damaged'; megabytes: number };
  'documents-left': { count: number };
  'calls-left': { count: number };
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
  'gc-not-joined': { file: string; fault: ClockFault };
  'rest-not-joined': { files: readonly string[]; fault: ClockFault };
  'no-collection': NoFacts;
  'events-not-listed': { listed: number; left: number };
}

/** What an archive may expand to, and how long that may take. */
export type PackedBound = 'bytes' | 'time';

/** Why a compressed file, or one in an archive, was not read or only in part. `why`: told by whoever expands. */
export interface PackedFaultFacts {
  'archives-too-deep': NoFacts;
  'gzip-damaged': { why: string };
  'cut-at-bound': { bound: PackedBound; mebibytes: number };
  'entry-encrypted': NoFacts;
  'method-unknown': { method: number };
  'larger-than-told': NoFacts;
  'entry-damaged': { why: string };
  'files-past-bound': { bound: PackedBound; count: number };
  'too-many-files': { count: number };
  'zip-unreadable': { why: string };
  /** It breaks off or is damaged; `behind`: the last file that was read. */
  'tar-damaged': { behind: string };
}
export type PackedFault = Coded<PackedFaultFacts>;

const BOUNDS: Record<PackedBound, string> = { bytes: 'what an archive may expand to', time: 'how long that may take' };

const PACKED_FAULTS: Words<PackedFaultFacts> = {
  'archives-too-deep': () => 'left out, it is an archive in archives in archives',
  'gzip-damaged': ({ why }) => `the gzip data is damaged (${why}); what could be read is shown`,
  'cut-at-bound': ({ bound, mebibytes }) => `cut after ${mebibytes} MiB, the limit on ${BOUNDS[bound]}`,
  'entry-encrypted': () => 'left out, it is encrypted',
  'method-unknown': ({ method }) => `left out, it is packed by method ${method}; stored and deflate are read`,
  'larger-than-told': () => 'left out, it is larger than the archive says',
  'entry-damaged': ({ why }) => `left out, its data is damaged (${why})`,
  'files-past-bound': ({ bound, count }) => `${count} of its files left out, they pass the limit on ${BOUNDS[bound]}`,
  'too-many-files': ({ count }) => `${count} of its files left out, there are too many`,
  'zip-unreadable': ({ why }) => `the zip file is not read: ${why}`,
  'tar-damaged': ({ behind }) => `it breaks off or is damaged after ${behind}; what comes before is shown`,
};

/** Why the times of a GC log cannot be brought to the clock of a log. */
export interface ClockFaultFacts {
  'log-without-dates': NoFacts;
  'gc-log-without-times': NoFacts;
  /** Both state their zone and cover different times. */
  'other-time': NoFacts;
  'other-time-in-any-zone': NoFacts;
  'uptimes-of-several-runs': NoFacts;
  'uptimes-without-start': NoFacts;
  'uptimes-of-several-starts': { starts: number };
  /** Differences of zones, in minutes, that would do equally well. */
  'ambiguous-zone': { fromMinutes: number; toMinutes: number };
  /** Nothing that both tell is whole quarters of an hour apart. */
  'no-shared-failure': NoFacts;
}
export type ClockFault = Coded<ClockFaultFacts>;

const FAULTS: Words<ClockFaultFacts> = {
  'log-without-dates': () => 'the log has no dates',
  'gc-log-without-times': () => 'it has no times',
  'other-time': () => 'its times do not fall into those of the logs',
  'other-time-in-any-zone': () => 'its times do not fall into those of the logs, whatever their time zones',
  'uptimes-of-several-runs': () => 'it has uptimes only, of several JVMs',
  'uptimes-without-start': () => 'it has uptimes only, and the log does not begin with the start of its process',
  'uptimes-of-several-starts': ({ starts }) => `it has uptimes only, and ${starts} processes start in the log`,
  'ambiguous-zone': ({ fromMinutes, toMinutes }) =>
    `the log states no time zone, and differences from ${zoneName(fromMinutes)} to ${zoneName(toMinutes)} would do equally well`,
  'no-shared-failure': () => 'the logs state no time zone, and no failure that both report shows it',
};

/** Why a GC log is not joined, to go on with. */
export const faultText = (fault: ClockFault): string => say(FAULTS, fault);

export type ProblemCode = keyof ProblemFacts;

const PROBLEMS: Words<ProblemFacts> = {
  'empty-file': () => 'The file is empty.',
  'empty-answer': ({ metrics }) =>
    metrics ? 'An empty list of metrics: the job did not run, or has none of those asked for.' : 'An empty answer: it lists nothing.',
  'unknown-kind': () => 'Not recognised as a thread dump, Flink log, GC log, job graph, REST document or Java source.',
  packed: ({ file, fault }) => `${file}: ${say(PACKED_FAULTS, fault)}.`,
  'file-unreadable': ({ file, why }) => `${file}: cannot be read${why === null ? '' : ` (${why})`}.`,
  'file-missing': ({ file, why }) => `${file}: ${why}.`,
  'file-passed-by': ({ file, why }) => `${file}: left out, it is ${why}.`,
  'analysis-stopped': ({ file, why }) => `${file}: ${why}.`,
  'file-too-large': ({ file, megabytes }) => `${file}: left out, larger than ${megabytes} MB and not a plain Flink log on this machine's disk.`,
  'file-without-text': ({ file }) => `${file}: left out, it is not text.`,
  'file-without-log': ({ file }) => `${file}: left out, it is neither a Flink log nor a GC log.`,
  'text-too-long': ({ file, megabytes }) => `${file}: left out, more than ${megabytes} MB of text are not read at once.`,
  'files-beyond': ({ most }) => `Only the first ${most} files were looked at.`,
  'more-files-left': ({ count }) => `${plural(count, 'more file was', 'more files were')} left out.`,
  'no-log-in-set'({ looked, gcLogs, skipped, left }) {
    const gc = gcLogs === 0 ? '' : ` There ${gcLogs === 1 ? 'is one GC log' : `are ${gcLogs} GC logs`}: open such a file by itself.`;
    const passed = skipped.length === 0 ? '' : ` Not looked into: ${skipped.join(', ')}.`;
    return [`There is no Flink log here: ${looked === 1 ? 'one file was' : `${looked} files were`} looked at.${gc}${passed}`, ...left].join(' ');
  },
  'no-thread-dump': () => 'No thread dump was found in this text.',
  'thread-unreadable': () => 'This looks like the first line of a thread but cannot be read; the thread is missing.',
  'thread-without-header': () => 'A thread begins here whose first line is missing: its name is not known.',
  'more-threads-unreadable': ({ count }) => `${count} more lines of that kind.`,
  'dump-breaks-off': () => 'The text ends in the middle of the dump; what follows is missing.',
  'json-breaks-off': () => 'The JSON ends in the middle; what follows is missing.',
  'no-job-graph': () => 'No job graph could be read from this text.',
  'job-without-graph': ({ title, failed }) =>
    `${title === null ? 'This job' : `The job ${quoted(title)}`} ${failed ? 'failed before it had a graph' : 'had no graph when this was written'}: there are no vertices to show.`,
  'no-rest-document': () => 'No document of the REST API could be read from this text.',
  'yaml-unread': ({ why, megabytes }) =>
    `The YAML was not read: it is ${{ 'too-large': `larger than ${megabytes} MB`, 'too-deep': 'nested too deeply', damaged: 'damaged' }[why]}.`,
  'documents-left': ({ count }) => `${count} more documents were not read.`,
  'calls-left': ({ count }) => `${plural(count, 'call')} of the profile with few samples are counted where they were called from.`,
  'json-object-ends-as-list': () => 'An object ends with "]" instead of "}"',
  'json-list-ends-as-object': () => 'A list ends with "}" instead of "]"',
  'json-value-without-name': () => 'A value without a name',
  'json-colon-missing': ({ name }) => `":" is missing after "${name}"`,
  'json-string-not-closed': () => 'A string is not closed on its line',
  'json-ends-early': () => 'The text ends in the middle of the JSON; what comes before was read',
  'nothing-of-flink': () => 'Nothing in this log is from Flink: it is shown, but nothing is concluded from it.',
  'several-flink-versions': ({ versions }) =>
    `The text names Flink ${list(versions)}: bugs are not checked by version until logjam.flinkVersion is set.`,
  'no-log': () => 'No log record and no stack trace was recognised.',
  'clock-steps-back': ({ ms }) => `The clock steps back by ${formatDuration(ms)} here; records are kept in the order of the text.`,
  'more-clock-steps': ({ count }) => `The clock steps back in ${count} more places.`,
  'trace-damaged': ({ how }) =>
    `Damaged stack trace: ${how === 'joined-frames' ? 'frames stand on one line or without "at"' : 'frames were left out ("...")'}; not completed.`,
  'records-cut': ({ file, count, mebibytes }) =>
    `${file === null ? '' : `${file}: `}${plural(count, 'record is', 'records are')} longer than ${mebibytes} MiB and read only up to there.`,
  'file-breaks-off': ({ file, why }) => `${file}: could not be read to its end (${why}).`,
  'file-without-dates': ({ file }) => `${file}: left out, its times have no dates to put them in order with.`,
  'java-unread': ({ line, why, most }) =>
    `From line ${line} on this is not looked at: it cannot be read as Java${why === 'nested' ? `, nested more than ${most} deep` : ''}.`,
  'pattern-unreadable': ({ pattern }) => `A pattern of logjam.log.patterns needs a level or a date and a message (%m): "${shorten(pattern, 20)}"`,
  'gc-not-joined': ({ file, fault }) => `${file}: its collections are not joined, ${faultText(fault)}.`,
  'rest-not-joined': ({ files, fault }) => `${list(files)}: failures that the REST API reports are left out, ${faultText(fault)}.`,
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
