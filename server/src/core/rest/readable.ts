import type { Reading } from '../unwrap/packing.ts';
import { hasBrokenStrings } from '../unwrap/packings/brokenStrings.ts';
import { fitting, holdsDocument } from './documents.ts';
import { isText } from './textForms.ts';

/** Keys of the documents; each is distinct enough that a text which has it in its place is one of them, or holds one. */
const KEYS = [
  'taskmanagers',
  'slots-total',
  'slots-available',
  'jobs-running',
  'flink-version',
  'flink-revision',
  'refresh-interval',
  'timezone-name',
  'jobs',
  'jid',
  'state',
  'last-modification',
  'slotsNumber',
  'freeSlots',
  'dataPort',
  'subtasks',
  'subtask',
  'attempt',
  'taskmanager-id',
  'status-duration',
  'exceptionHistory',
  'exceptionName',
  'stacktrace',
  'root-exception',
  'all-exceptions',
  'counts',
  'history',
  'trigger_timestamp',
  'num_subtasks',
  'num_acknowledged_subtasks',
  'start_delay',
  'alignment',
  'min_pause',
  'max_concurrent',
  'backpressureLevel',
  'backpressure-level',
  'busyRatio',
  'idleRatio',
  'endTimestamp',
  'classpath',
  'execution-config',
  'archive',
  'path',
  'json',
  'key',
  'value',
  'id',
  'errors',
  'apiVersion',
  'kind',
  'containerStatuses',
  'involvedObject',
  'throwableList',
  'additionalMetadata',
  'jobManagerDeploymentStatus',
].join('|');

/** A key in its place: behind a bracket, a comma or at the beginning of its line. */
const KEY = new RegExp(`(?:[{,]|^)[ \\t]*"(?:${KEYS})"[ \\t]*:`, 'g');
/** The documents of an archive are strings in it, which its reader opens. */
const ARCHIVED_KEY = new RegExp(`(?:[{,]|^)[ \\t]*(\\\\{0,9})"(?:${KEYS})\\1"[ \\t]*:`, 'g');
const ARCHIVE = /"archive"[ \t]*:[ \t]*\[/;
/** What begins a line of JSON. */
const JSON_LINE = /^[\s\uFEFF]*(?:[{}\],"]|\[(?:[\s{["\]\d-]|$)|-?\d[\d.eE+-]{0,40}[\s,]*$|true\b|false\b|null\b|$)/;

/** A document counts more than the lines of a mail around it. */
const LEAST = 1000;

/** How much of a text is looked at to see that nothing stands around it. */
const SAMPLE = 64 * 1024;

/**
 * Nothing where no document is; else keys in their places in lines of JSON, less the lines that begin with something else.
 * Most keys alone would be found in a text that was taken apart wrongly, too.
 */
function readable(sample: string): number {
  if (isText(sample)) return LEAST * LEAST;
  if (!holdsDocument(sample)) return 0;
  const key = ARCHIVE.test(sample) ? ARCHIVED_KEY : KEY;
  let count = LEAST;
  for (const line of sample.split('\n')) count += JSON_LINE.test(line) ? (line.match(key)?.length ?? 0) : -1;
  return count;
}

export const restReading: Reading = {
  readable,
  plain: (text) => (fitting(text.slice(0, SAMPLE)) !== null && !hasBrokenStrings(text)) || isText(text.slice(0, SAMPLE)),
};
