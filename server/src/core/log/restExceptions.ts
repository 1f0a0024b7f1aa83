import type { Checkpoint } from '../checkpoint.ts';
import type { ExceptionEntry, ExceptionsDocument } from '../rest/model/job.ts';
import { oneLine } from '../text.ts';
import { concatenate, type Source } from '../unwrap/source.ts';
import type { RawRecord } from './assembler.ts';
import { type ReadResult, readUnpacked } from './records.ts';
import { formatStamp } from './time.ts';

/** Name of what the records were taken out of. */
const REST_EXCEPTIONS = 'rest-exceptions';

/**
 * The failures that `/jobs/:jobid/exceptions` answers, read as the records of a log, oldest first.
 *
 * @param original the text that the documents were read from
 */
export async function readExceptions(
  documents: readonly ExceptionsDocument[],
  original: string,
  checkpoint: Checkpoint,
  add: (record: RawRecord) => void,
  place?: { offset: number; line: number },
): Promise<ReadResult> {
  const opened = { source: recordsOf(documents), packings: [REST_EXCEPTIONS] };
  // The API answers the newest failure first.
  return { ...(await readUnpacked(opened, original, [], checkpoint, add, place)), reversed: true };
}

function recordsOf(documents: readonly ExceptionsDocument[]): Source {
  const entries = documents.flatMap((document) => document.entries).sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  return concatenate(
    entries.flatMap((entry) => {
      const { trace, time } = entry;
      const stamp = time === null ? '' : `${formatStamp(time, true)} UTC `;
      const head = `${stamp}ERROR org.apache.flink.runtime.rest [] - ${nameOf(entry)} is reported as failed by the REST API.\n`;
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
