// How busy a vertex is: back-pressure, metrics, samples of its threads.
import type { Span } from '../../../../../common/span.ts';
import type { DocumentBase } from './document.ts';

export type PressureLevel = 'ok' | 'low' | 'high';

/** Shares of the time, 0 to 1; null where the subtask does not measure it (legacy sources). */
export interface PressureRow {
  subtask: number;
  level: PressureLevel | null;
  ratio: number | null;
  idle: number | null;
  busy: number | null;
  span: Span;
}

/** `/jobs/:id/vertices/:vid/backpressure` (JobVertexBackPressureInfo). */
export interface BackPressureDocument extends DocumentBase<'back-pressure'> {
  /** `deprecated`: the first answer, before anything was measured. */
  status: string | null;
  level: PressureLevel | null;
  end: number | null;
  subtasks: PressureRow[];
}

export interface MetricRow {
  id: string;
  value: number | null;
  /** As printed, where it is no number. */
  text: string | null;
  min: number | null;
  max: number | null;
  avg: number | null;
  sum: number | null;
  /** Percent (1.20+). */
  skew: number | null;
  span: Span;
}

/** Any document of metrics: ids alone, values, or aggregated values. */
export interface MetricsDocument extends DocumentBase<'metrics'> {
  metrics: MetricRow[];
}

export interface FlameNode {
  name: string;
  /** Samples in it and below. */
  value: number;
  children: FlameNode[];
  span: Span;
  /** Absent: a method of Java. `class`: what was allocated, or whose lock was waited for. */
  what?: 'native' | 'class';
}

/** `/jobs/:id/vertices/:vid/flamegraph` (VertexFlameGraph). */
export interface FlameGraphDocument extends DocumentBase<'flame-graph'> {
  /** Why there are no samples: the vertex has ended, `rest.flamegraph.enabled` is off, or none were taken yet. */
  empty: 'ended' | 'disabled' | 'waiting' | null;
  end: number | null;
  root: FlameNode | null;
}

/** What a profiler has sampled of a process, as async-profiler draws it (`/taskmanagers/:id/profiler/:file`, 1.19+). */
export interface ProfileDocument extends DocumentBase<'profile'> {
  /** As the page is headed: "CPU profile". */
  title: string;
  /** What a sample is: a thread on a processor, any thread, an allocation, a wait for a lock. Null: the page does not say it. */
  event: 'cpu' | 'wall' | 'allocations' | 'locks' | null;
  /** Drawn with the innermost frames first: the tree may be one of callers. */
  reversed: boolean;
  /** `all` and what is below; null for a page without a call. */
  root: FlameNode | null;
  /** Calls that are not kept; their samples count where they were called from. */
  left: number;
}
