import { bottlenecksOf, loadOf } from '../../analysis/jobgraph/criticalPath.ts';
import { viewOf } from '../../analysis/jobgraph/jobView.ts';
import type { JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import type { Keep } from '../../incident/digest/fit.ts';
import type { PlanDigest } from '../../incident/digest/model.ts';
import type { LineOf } from '../../incident/digest/source.ts';
import type { VertexMetrics } from '../../jobgraph/metrics.ts';

const MAX_NAME = 300;

/** What plans say beyond themselves: the vertices of the job, who feeds whom, and how busy each is. */
export function planDigest(analysis: JobGraphAnalysis, keep: Keep, lineOf: LineOf): PlanDigest {
  const plans = analysis.plans.map((analysed) => {
    const { plan } = analysed;
    const view = viewOf(analysis, analysed);
    const vertices = keep.first(plan.vertices).map((vertex) => {
      const { busy, backPressured, idle } = loadOf(view, vertex);
      const { id, name, parallelism, status, metrics } = vertex;
      const [read, written] = [metrics?.readRecords ?? null, metrics?.writeRecords ?? null];
      const line = lineOf(vertex.nameSpan);
      return { id, name: name.slice(0, MAX_NAME), parallelism, status, busy, backPressured, idle, heldUp: heldUp(metrics), read, written, line };
    });
    const [worst] = bottlenecksOf(view);
    const edges = keep.first(plan.edges.filter(({ from, to }) => from < vertices.length && to < vertices.length));
    const { format, jobId, title, state } = plan;
    return {
      format,
      jobId,
      name: title?.slice(0, MAX_NAME) ?? null,
      state,
      vertices,
      edges: edges.map(({ from, to }): [number, number] => [from, to]),
      bottleneck:
        worst === undefined ? null : { vertex: worst.vertex, busy: worst.busy, producer: worst.producer, backPressured: worst.backPressured },
      line: lineOf(plan.span),
    };
  });
  return { plans: [...keep.first(plans)] };
}

/** So much time has to be counted of a vertex before it tells anything; all its subtasks together, in ms. */
const WATCHED = 500;

/** By the times that all its subtasks have spent since they began (MetricNames.ACC_TASK_*). */
function heldUp(metrics: VertexMetrics | null): boolean | null {
  if (metrics === null || metrics.backPressuredMs === null) return null;
  const { busyMs, backPressuredMs, idleMs } = metrics;
  return (busyMs ?? 0) + backPressuredMs + (idleMs ?? 0) < WATCHED ? null : backPressuredMs > 0;
}
