import type { RestPart } from '../../../../common/views.ts';
import { unwrap } from '../unwrap/index.ts';
import { atOnce } from '../unwrap/steps.ts';
import { fitting, holdsDocument } from './documents.ts';
import { isProfilePage } from './profilePage.ts';
import { restReading } from './readable.ts';
import { isText } from './textForms.ts';

/**
 * What only such a document has, also where its quotes are escaped: keys, options, metrics, and the beginnings of what is
 * no JSON. Where nothing of it is there, packings need not be tried, which takes long for other texts.
 */
const TRACE = new RegExp(
  [
    '(?:["\']|&quot;|&#34;)(?:slots-total|flink-version|slotsNumber|taskmanager-id|exceptionHistory|root-exception|num_subtasks|min_pause|backpressure-?[lL]evel|endTimestamp|classpath|execution-config|containerStatuses|involvedObject)\\b|(?:"|&quot;|&#34;)archive(?:\\\\*"|""|&quot;|&#34;)\\s*:\\s*\\[',
    '(?:"|&quot;|&#34;)(?:key|id)(?:\\\\*"|""|&quot;|&#34;)\\s*:\\s*(?:\\\\*"|""|&quot;|&#34;)(?:(?:jobmanager|taskmanager|rest|execution|heartbeat|parallelism)\\.|[\\w.]{0,200}(?:num(?:Records|Bytes)|busyTime|idleTime|backPressuredTime|Status\\.JVM))',
    '(?:"|&quot;|&#34;)errors(?:\\\\*"|""|&quot;|&#34;)\\s*:\\s*\\[',
    'Namespace: {2}|apiVersion: (?:v1|flink)|LAST SEEN {2}',
    '(?:"|&quot;|&#34;)(?:throwableList|jobManagerDeploymentStatus)\\b',
  ].join('|'),
);

/** How much a sample looks like a document of the REST API: 0 not at all, 1 certain. */
export function detectRest(sample: string): number {
  const bare = isText(sample) ? 0.9 : score(sample);
  if (bare > 0 || !TRACE.test(sample)) return bare;
  const { source, packings } = atOnce(unwrap(sample, restReading));
  if (packings.length > 0 && score(source.text) > 0) return 0.96;
  if (isText(source.text)) return 0.9;
  if (!holdsDocument(source.text)) return 0;
  return packings.length > 0 ? 0.9 : BEHIND;
}

/** A document shows what it is at its beginning. */
const BEGINNING = 64 * 1024;

/** Behind other text a document is worth opening, but a log around it goes first. */
const BEHIND = 0.5;

function score(sample: string): number {
  const found = fitting(sample.slice(0, BEGINNING));
  // What is only known by name is nobody's file by itself.
  return found === null || (found !== 'archive' && found.type === 'other') ? 0 : 0.96;
}

const FAILURE = /"(?:stacktrace|exception|root-exception)"\s*:\s*"/;

/** What a document that stands as it was written holds besides itself: failures, samples of threads, or an archive of jobs. */
export function restPart(text: string): RestPart | null {
  if (isProfilePage(text)) return 'samples';
  const found = fitting(text.slice(0, BEGINNING));
  if (found === 'archive') return 'archive';
  if (found?.type === 'flame-graph') return 'samples';
  return found?.type === 'exceptions' && FAILURE.test(text.slice(0, BEGINNING)) ? 'exceptions' : null;
}
