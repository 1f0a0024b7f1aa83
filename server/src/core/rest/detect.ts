import { unwrap } from '../unwrap/index.ts';
import { atOnce } from '../unwrap/steps.ts';
import { fitting, holdsDocument } from './documents.ts';
import { restReading } from './readable.ts';
import { isText } from './textForms.ts';

/** Keys of the documents, also where quotes are escaped; where none is there, packings need not be tried. */
const TRACE =
  /apiVersion|Namespace: |LAST SEEN|(?:jobmanager|taskmanager)[.:]|(?:"|&quot;|&#34;)(?:slots-total|flink-version|slotsNumber|taskmanager-id|subtask|exceptionHistory|root-exception|num_subtasks|min_pause|backpressure-?[lL]evel|endTimestamp|classpath|execution-config|archive|jobs|key|id)\b/;

/** How much a sample looks like a document of the REST API: 0 not at all, 1 certain. */
export function detectRest(sample: string): number {
  const bare = score(sample);
  if (bare > 0 || !TRACE.test(sample)) return bare;
  const { source, packings } = atOnce(unwrap(sample, restReading));
  if (packings.length > 0 && score(source.text) > 0) return 0.96;
  if (isText(source.text)) return 0.9;
  if (!holdsDocument(source.text)) return 0;
  return packings.length > 0 ? 0.9 : BEHIND;
}

/** Behind other text a document is worth opening, but a log around it goes first. */
const BEHIND = 0.5;

function score(sample: string): number {
  const found = fitting(sample);
  // What is only known by name is nobody's file by itself.
  return found === null || (found !== 'archive' && found.type === 'other') ? 0 : 0.96;
}
