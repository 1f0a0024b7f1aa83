import { formatDuration, list, plural, quoted, say, shorten, type Words, zoneName } from '../wording.ts';
import type { ClockFault, ClockFaultFacts, PackedBound, PackedFaultFacts, ProblemFacts } from './facts.ts';

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

export const PROBLEMS: Words<ProblemFacts> = {
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
