import type { TraceFrame } from '../../log/model.ts';

/** What is said of where to look next, beside what the knowledge base says. */

/** "Nearest code of the job: p.Sink.write (Sink.java:12)." */
export const ownFrameText = ({ className, method, file, line }: TraceFrame): string =>
  `Nearest code of the job: ${className}.${method}${file === null ? '' : ` (${file}${line === null ? '' : `:${line}`})`}.`;

/** Which log says more. */
export const ownLogText = (place: string, when: string): string =>
  `The log of the TaskManager at ${place}${when === '' ? '' : ` around ${when}`} says more than that of the JobManager.`;
