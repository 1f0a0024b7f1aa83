import type { FilePart } from '../../log/files.ts';
import type { LogModel } from '../../log/model.ts';
import type { LogSection } from '../../log/sections.ts';
import type { AnalysisBase } from '../../model.ts';
import type { ExceptionGroup } from './exceptionGroups.ts';
import type { FailureAnalysis } from './failureModel.ts';
import type { GcCase, GcJoin } from './gcModel.ts';
import type { MemoryVerdict } from './memory.ts';

export interface LogAnalysis extends AnalysisBase<'flink-log'> {
  log: LogModel;
  /** The files, when several were read as one: spans and lines count through all of them. Empty for a single text. */
  files: readonly FilePart[];
  groups: ExceptionGroup[];
  failures: FailureAnalysis;
  memory: MemoryVerdict[];
  /** Collections of the same JVM, where its GC log was read too or stands in the same file. */
  gc: GcJoin;
  /** What they say of the failures that a collection may explain. */
  gcCases: GcCase[];
  /** Where one text holds the logs of several processes: each for itself, as the line above it calls it. The analysis is that of all together. */
  sections?: readonly (LogSection & { analysis: LogAnalysis })[];
}
