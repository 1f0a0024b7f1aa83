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

/** Each with the most that it answers: it is asked only where that would count. `least`: what is of no use up to there. */
const DETECTORS: { kind: Kind; score(sample: string, least: number): number; most: number }[] = [
  { kind: 'thread-dump', score: detectThreadDump, most: 0.97 },
  { kind: 'gc-log', score: detectGcLog, most: 0.98 },
  { kind: 'flink-log', score: detectFlinkLog, most: 0.98 },
  { kind: 'job-graph', score: detectJobGraph, most: 0.95 },
  { kind: 'rest-document', score: detectRest, most: 0.96 },
  { kind: 'java-source', score: detectJavaSource, most: 0.95 },
];

/** How much a text looks like one kind: 0 not at all, 1 certain. */
export function looksLike(kind: Kind, text: string): number {
  return DETECTORS.find((one) => one.kind === kind)?.score(text.slice(0, SAMPLE_LENGTH), 0) ?? 0;
}

/** Says by content alone what a text is. Ties go to the earlier entry of the list above. */
export function detect(text: string): Detection {
  const beginning = text.length > SAMPLE_LENGTH ? text.slice(0, SAMPLE_LENGTH) : text;
  // UTF-16 that was read as single bytes; and blanks that do not break, which pages and chats put in place of others.
  const bytes = beginning.includes('\0') ? beginning.replaceAll('\0', '') : beginning;
  const sample = bytes.includes('\u00a0') ? bytes.replaceAll('\u00a0', ' ') : bytes;
  let best: Detection = { kind: 'unknown', score: 0 };
  for (const { kind, score, most } of DETECTORS) {
    const value = most > best.score ? score(sample, best.score) : 0;
    if (value > best.score) best = { kind, score: value };
  }
  return best.score >= 0.3 ? best : { kind: 'unknown', score: best.score };
}
