import type { Coded, NoFacts } from '../wording.ts';

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
  'method-unknown': { method: number | string };
  'larger-than-told': NoFacts;
  'entry-damaged': { why: string };
  'files-past-bound': { bound: PackedBound; count: number };
  'too-many-files': { count: number };
  'zip-unreadable': { why: string };
  /** It breaks off or is damaged; `behind`: the last file that was read. */
  'tar-damaged': { behind: string };
}
export type PackedFault = Coded<PackedFaultFacts>;

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

export type ProblemCode = keyof ProblemFacts;
