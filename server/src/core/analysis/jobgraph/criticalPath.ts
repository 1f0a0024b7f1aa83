import type { VertexMetrics } from '../../jobgraph/metrics.ts';
import type { Vertex } from '../../jobgraph/vertex.ts';
import type { JobView } from './jobView.ts';

/** How a vertex spends its time, between 0 and 1 each. */
export interface Load {
  busy: number | null;
  backPressured: number | null;
  idle: number | null;
  /** Averages over the run of the job, not ratios of a moment. */
  accumulated: boolean;
}

const NO_LOAD: Load = { busy: null, backPressured: null, idle: null, accumulated: false };

/** Load of a vertex from back-pressure documents (highest subtask), metric ratios, or accumulated times. */
export function loadOf(view: JobView, vertex: Vertex): Load {
  const document = view.context.backPressure.get(vertex.id);
  if (document !== undefined && document.subtasks.length > 0) {
    const highest = (pick: 'ratio' | 'busy' | 'idle'): number | null => {
      const values = document.subtasks.map((subtask) => subtask[pick]).filter((value) => value !== null);
      return values.length === 0 ? null : Math.max(...values);
    };
    return { busy: highest('busy'), backPressured: highest('ratio'), idle: highest('idle'), accumulated: false };
  }
  const moment = view.context.metrics.get(vertex.id);
  if (moment !== undefined && (moment.busy !== null || moment.backPressured !== null)) {
    return { busy: moment.busy, backPressured: moment.backPressured, idle: moment.idle, accumulated: false };
  }
  const { metrics } = vertex;
  if (metrics === null) return NO_LOAD;
  return accumulatedLoad(metrics);
}

/** The three accumulated times share the run of the job between them (MetricNames.ACC_TASK_*). */
function accumulatedLoad({ busyMs, backPressuredMs, idleMs }: VertexMetrics): Load {
  if (backPressuredMs === null || idleMs === null) return NO_LOAD;
  const total = (busyMs ?? 0) + backPressuredMs + idleMs;
  // A few seconds say nothing, and sources without a measured busy time would look idle.
  if (total < 10_000 || busyMs === null) return NO_LOAD;
  return { busy: busyMs / total, backPressured: backPressuredMs / total, idle: idleMs / total, accumulated: true };
}

export interface Bottleneck {
  vertex: number;
  busy: number;
  /** The most back-pressured of its producers. */
  producer: number;
  backPressured: number;
  accumulated: boolean;
}

const BUSY = 0.8;
const HELD_UP = 0.5;
const FREE = 0.1;
/** Vertices before one that are looked at. */
const MAX_BETWEEN = 64;

/** Vertices that are busy and free to send, behind producers that are held up: the first that cannot keep up. */
export function bottlenecksOf(view: JobView): Bottleneck[] {
  const loads = view.plan.vertices.map((vertex) => loadOf(view, vertex));
  const found: Bottleneck[] = [];
  for (const vertex of view.plan.vertices) {
    const load = loads[vertex.index];
    if (load === undefined || load.busy === null || load.busy < BUSY || (load.backPressured ?? 0) > FREE) continue;
    let worst: Bottleneck | null = null;
    for (const producer of measuredBefore(view, loads, vertex.index)) {
      const before = loads[producer]?.backPressured ?? 0;
      if (before < HELD_UP || (worst !== null && before <= worst.backPressured)) continue;
      worst = { vertex: vertex.index, busy: load.busy, producer, backPressured: before, accumulated: load.accumulated };
    }
    if (worst !== null) found.push(worst);
  }
  return found;
}

/**
 * The nearest vertices before one whose load is known. Where nothing was measured of a vertex between, it is passed over: had
 * it been too slow itself, the one after it would not be busy.
 */
function measuredBefore(view: JobView, loads: readonly Load[], vertex: number): number[] {
  const seen = new Set<number>([vertex]);
  const found: number[] = [];
  const waiting = [vertex];
  for (let at = waiting.pop(); at !== undefined && seen.size < MAX_BETWEEN; at = waiting.pop()) {
    for (const producer of view.producers(at)) {
      if (seen.has(producer)) continue;
      seen.add(producer);
      const load = loads[producer];
      if (load === undefined || (load.backPressured === null && load.busy === null)) waiting.push(producer);
      else found.push(producer);
    }
  }
  return found;
}

/** Vertices on the way from a source to a sink with the most work: busy time where known, else one a vertex. In flow order. */
export function criticalPath(view: JobView): number[] {
  const { plan, loops, flow } = view;
  const count = plan.vertices.length;
  if (count === 0) return [];
  const order = Int32Array.from({ length: count }, (_, index) => index).sort((a, b) => (loops.rank[a] as number) - (loops.rank[b] as number));
  const weight = plan.vertices.map((vertex) => loadOf(view, vertex).busy);
  const known = weight.some((value) => value !== null);
  const cost = new Float64Array(count);
  const before = new Int32Array(count).fill(-1);
  let last = order[0] as number;
  for (const vertex of order) {
    for (let at = flow.incoming.start[vertex] as number; at < (flow.incoming.start[vertex + 1] as number); at++) {
      const from = flow.from[flow.incoming.list[at] as number] as number;
      // Edges that lead back are no part of a path.
      if ((loops.rank[from] as number) >= (loops.rank[vertex] as number)) continue;
      if (before[vertex] === -1 || (cost[from] as number) > (cost[before[vertex] as number] as number)) before[vertex] = from;
    }
    const base = before[vertex] === -1 ? 0 : (cost[before[vertex] as number] as number);
    cost[vertex] = base + (known ? (weight[vertex] ?? 0) : 1);
    if ((cost[vertex] as number) > (cost[last] as number)) last = vertex;
  }
  const path: number[] = [];
  for (let vertex = last; vertex !== -1; vertex = before[vertex] as number) path.push(vertex);
  return path.reverse();
}
