import type { Kind } from '../../../common/ids.ts';
import { detectGcLog } from './gc/detect.ts';
import { detectJavaSource } from './java/detect.ts';
import { detectJobGraph } from './jobgraph/detect.ts';
import { detectFlinkLog } from './log/detect.ts';
import { detectRest } from './rest/detect.ts';
import { detectThreadDump } from './threaddump/detect.ts';

export { usesFlink } from './java/detect.ts';

/** How much of a text is looked at. A dump may start after pages of log, so the sample is generous. */
export const SAMPLE_LENGTH = 256 * 1024;

/** A kind with how sure its detector is: 0 not at all, 1 certain. */
export interface Detection {
  kind: Kind;
  score: number;
}

const DETECTORS: [Kind, (sample: string) => number][] = [
  ['thread-dump', detectThreadDump],
  ['gc-log', detectGcLog],
  ['flink-log', detectFlinkLog],
  ['job-graph', detectJobGraph],
  ['rest-document', detectRest],
  ['java-source', detectJavaSource],
];

/** Says by content alone what a text is. Ties go to the earlier entry of the list above. */
export function detect(text: string): Detection {
  const beginning = text.length > SAMPLE_LENGTH ? text.slice(0, SAMPLE_LENGTH) : text;
  // UTF-16 that was read as single bytes.
  const sample = beginning.includes('\0') ? beginning.replaceAll('\0', '') : beginning;
  let best: Detection = { kind: 'unknown', score: 0 };
  for (const [kind, score] of DETECTORS) {
    const value = score(sample);
    if (value > best.score) best = { kind, score: value };
  }
  return best.score >= 0.3 ? best : { kind: 'unknown', score: best.score };
}
