import { capped, type JobRule, tell, vertexFact } from './shared.ts';

export const maxParallelismTooSmall: JobRule = {
  id: 'max-parallelism-too-small',
  title: 'The maximum parallelism leaves no room to rescale',
  severity: 'warning',
  docs: `Keyed state is divided into as many key groups as the maximum parallelism; no restore from a savepoint can ever use more subtasks. When the parallelism is near it, the job cannot grow, and the key groups spread unevenly: with 128 key groups over 100 subtasks, 28 have two groups and 72 have one.

Set \`pipeline.max-parallelism\` (or \`setMaxParallelism\`) well above the parallelism, before the job has state worth keeping: changing it later makes old savepoints unusable.`,
  check: (view) =>
    capped(
      view.plan.vertices.flatMap((vertex) => {
        const { parallelism, maxParallelism, kind } = vertex;
        // The ends of a loop have no keys, and get their parallelism as maximum.
        if (kind === 'loop-head' || kind === 'loop-tail') return [];
        if (parallelism === null || maxParallelism === null || parallelism < 2 || maxParallelism >= parallelism * 1.5) return [];
        return [
          tell(
            maxParallelismTooSmall,
            maxParallelism < parallelism ? 'max-parallelism-too-small-beyond' : 'max-parallelism-too-small',
            { vertex: vertexFact(vertex), parallelism, maxParallelism },
            { certainty: 'proved', span: vertex.maxParallelismSpan ?? vertex.nameSpan },
          ),
        ];
      }),
    ),
};
