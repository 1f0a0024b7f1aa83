import type { Span } from '../../../../common/span.ts';

/**
 * What the documents around a plan say about the same job: a bundle of REST answers, a HistoryServer archive,
 * a support text with code, log lines or a thread dump beside the plan. Rules that need a part stay silent without it.
 */
export interface JobContext {
  checkpoints: CheckpointConfig | null;
  /** Configuration keys as printed (`/jobmanager/config`, config.yaml lines). */
  configuration: Map<string, { value: string; span: Span }>;
  /** Back-pressure documents by job vertex id; the key is '' where the path is not known. */
  backPressure: Map<string, BackPressure>;
  /** Metric and watermark documents by job vertex id. */
  metrics: Map<string, MomentMetrics>;
  /** `.iterate(ms)` calls in code: the wait in milliseconds, 0 when without argument. */
  iterateCalls: { waitMs: number; span: Span }[];
  /** Tasks that a log reports as FINISHED. */
  finishedTasks: { name: string; span: Span }[];
  /** Iteration threads of a thread dump that wait for the feedback queue or for buffers. */
  stuckIteration: { role: 'head' | 'tail'; thread: string; subtask: string | null; span: Span }[];
  /** Flink version named by a compiled plan, such as "1.19", or by a start banner around it. */
  flinkVersion: { text: string; evidence: 'plan' | 'banner'; span: Span } | null;
}

/** `/jobs/:id/checkpoints/config` (CheckpointConfigInfo). */
export interface CheckpointConfig {
  mode: 'exactly_once' | 'at_least_once' | null;
  /** Milliseconds; null or Long.MAX_VALUE when periodic checkpoints are off. */
  intervalMs: number | null;
  unaligned: boolean | null;
  span: Span;
  unalignedSpan: Span | null;
}

/** `/jobs/:id/vertices/:vid/backpressure` (JobVertexBackPressureInfo); ratios between 0 and 1. */
export interface BackPressure {
  level: 'ok' | 'low' | 'high' | null;
  subtasks: { subtask: number; ratio: number | null; idle: number | null; busy: number | null }[];
  span: Span;
}

/** `/jobs/:id/vertices/:vid/subtasks/metrics` and `/watermarks`: values of a moment, highest subtask; ratios between 0 and 1. */
export interface MomentMetrics {
  busy: number | null;
  backPressured: number | null;
  idle: number | null;
  /** Percent by which the subtasks differ in records (1.20+). */
  skew: number | null;
  /** Lowest over the subtasks, epoch milliseconds. */
  watermark: number | null;
}

export function emptyMoment(): MomentMetrics {
  return { busy: null, backPressured: null, idle: null, skew: null, watermark: null };
}

export function emptyContext(): JobContext {
  return {
    checkpoints: null,
    configuration: new Map(),
    backPressure: new Map(),
    metrics: new Map(),
    iterateCalls: [],
    finishedTasks: [],
    stuckIteration: [],
    flinkVersion: null,
  };
}
