import type { Draft } from '../../model.ts';
import { beside, capped, type JobRule, tell, vertexFact } from './shared.ts';

export const serialBottleneck: JobRule = {
  id: 'serial-bottleneck',
  title: 'All records pass through one subtask',
  severity: 'warning',
  docs: `An operator of parallelism 1 between parallel ones, or a GLOBAL edge into a parallel operator (which uses its first subtask only, GlobalPartitioner): all records of all subtasks pass through one thread. No matter how many slots the job gets, this one sets the pace.

Key the stream, aggregate in two phases (local, then global), or set the parallelism of the operator.`,
  check(view) {
    const findings: Draft[] = [];
    for (const vertex of view.plan.vertices) {
      if (vertex.kind === 'loop-head' || vertex.kind === 'loop-tail' || vertex.kind === 'iteration') continue;
      const inputs = view.incoming(vertex.index);
      const wide = inputs.find((edge) => (view.vertex(edge.from).parallelism ?? 1) > 1);
      if (wide === undefined) continue;
      const parallelism = vertex.parallelism ?? 0;
      const global = inputs.find((edge) => edge.ship === 'global' && parallelism > 1);
      const onward = view.outgoing(vertex.index).find((edge) => (view.vertex(edge.to).parallelism ?? 1) > 1);
      if (global === undefined && (parallelism !== 1 || onward === undefined)) continue;
      const before = view.vertex((global ?? wide).from);
      const parts: Parameters<typeof tell>[3] = {
        certainty: 'suspected',
        span: global?.shipSpan ?? vertex.parallelismSpan ?? vertex.nameSpan,
        related: [beside(before.parallelismSpan ?? before.nameSpan, 'parallelism', { parallelism: before.parallelism })],
      };
      const after = onward === undefined ? null : view.vertex(onward.to).parallelism;
      findings.push(
        global === undefined
          ? tell(serialBottleneck, 'serial-bottleneck', { vertex: vertexFact(vertex), before: before.parallelism, after }, parts)
          : tell(serialBottleneck, 'serial-bottleneck-global', { vertex: vertexFact(vertex), parallelism }, parts),
      );
      if (findings.length > 200) break;
    }
    return capped(findings);
  },
};
