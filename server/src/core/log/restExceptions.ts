import type { Span } from '../../../../common/span.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { ExceptionEntry, ExceptionsDocument } from '../rest/model/job.ts';
import type { OperatorDocument, OperatorResourceRow } from '../rest/model/kubernetes.ts';
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

/** What tells of failures with their traces: of a job, of a request that was answered with an exception of the server, of what the operator deploys. */
export type FailuresDocument = ExceptionsDocument | ErrorsDocument | OperatorDocument;

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
  /** What the record says, without its head. */
  says: string;
  /** The exception; null where the failure is told in words, which stand in the record. */
  trace: Source | null;
  /** Where it stands. */
  at: Span;
  time: number | null;
}

const byApi = (what: string, trace: Source, time: number | null): Told => ({
  says: `${what} is reported as failed by the REST API.`,
  trace,
  // The record stands where the exception is named.
  at: trace.span(0, firstLine(trace.text)),
  time,
});

/** What a trace begins with: a class in its package. */
const EXCEPTION = /^[a-z_][\w$]*(?:\.[\w$]+)+(?:: |\s|$)/;

function byOperator({ kind, namespace, name, lifecycle, jobManager, error }: OperatorResourceRow): Told[] {
  if (error === null) return [];
  const resource = [namespace, name].filter((one) => one !== null).join('/');
  const state = /^[A-Z_]{1,40}$/.exec(lifecycle ?? jobManager ?? '')?.[0] ?? 'ERROR';
  const head = `The ${kind}${resource === '' ? '' : ` ${resource}`} is reported as failed by the Kubernetes operator (${state}).`;
  const { trace, span } = error;
  if (!EXCEPTION.test(trace.text)) return [{ says: `${head} ${oneLine(trace.text)}`, trace: null, at: span, time: null }];
  return [{ says: head, trace, at: span, time: null }];
}

function toldBy(document: FailuresDocument): Told[] {
  if (document.type === 'errors') return document.errors.flatMap(({ trace }) => (trace === null ? [] : byApi('The request', trace, null)));
  if (document.type === 'operator') return document.resources.flatMap(byOperator);
  return document.entries.map((entry) => byApi(nameOf(entry), entry.trace, entry.time));
}

function recordsOf(documents: readonly FailuresDocument[]): Source {
  const all = documents.flatMap(toldBy).sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  return concatenate(
    all.flatMap(({ says, trace, at, time }) => {
      const stamp = time === null ? '' : `${formatStamp(time, true)} UTC `;
      const head = { text: `${stamp}ERROR org.apache.flink.runtime.rest [] - ${says}\n`, at };
      if (trace === null) return [head];
      const { end } = trace.span(0, trace.text.length);
      return [head, trace, { text: '\n', at: { start: end, end } }];
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
