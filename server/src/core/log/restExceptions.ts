import type { Checkpoint } from '../checkpoint.ts';
import type { ExceptionEntry, ExceptionsDocument } from '../rest/model/job.ts';
import type { ErrorsDocument } from '../rest/model.ts';
import { oneLine } from '../text.ts';
import { concatenate, type Source } from '../unwrap/source.ts';
import type { RawRecord } from './assembler.ts';
import type { Layout } from './layouts.ts';
import { type ReadResult, readUnpacked } from './records.ts';
import { formatStamp } from './time.ts';

/** Name of what the records were taken out of. */
const REST_EXCEPTIONS = 'rest-exceptions';

/** A head as it is made below where no time is told. */
const WITHOUT_TIME: Layout = {
  id: REST_EXCEPTIONS,
  title: 'failures without a time',
  pattern: /^(?<level>ERROR) (?<logger>org\.apache\.flink\.runtime\.rest) \[\] - (?<msg>.*)$/,
  timeless: true,
  samples: ['ERROR org.apache.flink.runtime.rest [] - The request is reported as failed by the REST API.'],
  nearMisses: ['2026-11-30 10:00:00,000 UTC ERROR org.apache.flink.runtime.rest [] - The job is reported as failed by the REST API.'],
};

/** What tells of failures with their traces: of a job, and of a request that was answered with an exception of the server. */
export type FailuresDocument = ExceptionsDocument | ErrorsDocument;

/**
 * The failures that `/jobs/:jobid/exceptions` and failed requests answer, read as the records of a log, oldest first.
 *
 * @param original the text that the documents were read from
 */
export async function readExceptions(
  documents: readonly FailuresDocument[],
  original: string,
  checkpoint: Checkpoint,
  add: (record: RawRecord) => void,
  place?: { offset: number; line: number },
): Promise<ReadResult> {
  const opened = { source: recordsOf(documents), packings: [REST_EXCEPTIONS] };
  // The API answers the newest failure first.
  return { ...(await readUnpacked(opened, original, [WITHOUT_TIME], checkpoint, add, place)), reversed: true };
}

interface Told {
  what: string;
  trace: Source;
  time: number | null;
}

function toldBy(document: FailuresDocument): Told[] {
  if (document.type === 'errors') return document.errors.flatMap(({ trace }) => (trace === null ? [] : { what: 'The request', trace, time: null }));
  return document.entries.map((entry) => ({ what: nameOf(entry), trace: entry.trace, time: entry.time }));
}

function recordsOf(documents: readonly FailuresDocument[]): Source {
  const all = documents.flatMap(toldBy).sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  return concatenate(
    all.flatMap(({ what, trace, time }) => {
      const stamp = time === null ? '' : `${formatStamp(time, true)} UTC `;
      const head = `${stamp}ERROR org.apache.flink.runtime.rest [] - ${what} is reported as failed by the REST API.\n`;
      const { end } = trace.span(0, trace.text.length);
      // The record stands where the exception is named.
      return [{ text: head, at: trace.span(0, firstLine(trace.text)) }, trace, { text: '\n', at: { start: end, end } }];
    }),
  );
}

function firstLine(text: string): number {
  const end = text.indexOf('\n');
  return end === -1 ? text.length : end;
}

/** "Map (1/2)#3" as logs have it. */
function nameOf({ task, subtask, parallelism, attempt }: ExceptionEntry): string {
  if (task === null) return 'The job';
  return `${oneLine(task)} (${subtask}/${parallelism})${attempt === null ? '' : `#${attempt}`}`;
}
