import type { Draft } from '../../model.ts';
import { beside, capped, iterateLoops, type JobRule, loopFact, tell } from './shared.ts';

/** Sources that come to an end by themselves. */
const BOUNDED = /Collection Source|Sequence|fromElements|from elements|Values\b|NumberSequence/i;

export const loopNeverEnds: JobRule = {
  id: 'loop-never-ends',
  title: 'A loop keeps a bounded job alive for ever',
  severity: 'warning',
  docs: `\`iterate()\` without a wait time lets the head take from the feedback queue without end (StreamIterationHead: \`take()\`). When all sources are done, the job stays RUNNING, with nothing to do.

Give a wait time, and know that it ends the loop by silence, not by completion; or stop the job from outside.`,
  check(view) {
    if (!view.primary) return [];
    const loops = iterateLoops(view);
    const sources = view.plan.vertices.filter((vertex) => vertex.kind === 'source');
    if (loops.length === 0 || sources.length === 0) return [];
    const findings: Draft[] = [];
    if (sources.every((vertex) => vertex.status === 'FINISHED')) {
      for (const loop of loops) {
        const head = view.vertex(loop.head);
        if (head.status !== 'RUNNING') continue;
        findings.push(
          tell(
            loopNeverEnds,
            'loop-never-ends',
            { loop: loopFact(loop) },
            {
              certainty: 'suspected',
              span: head.nameSpan,
              related: sources.slice(0, 3).map((source) => beside(source.nameSpan, 'status', { status: 'FINISHED' })),
            },
          ),
        );
      }
    } else if (sources.every((vertex) => BOUNDED.test(vertex.name))) {
      for (const { waitMs, span } of view.context.iterateCalls) {
        if (waitMs !== 0) continue;
        findings.push(
          tell(
            loopNeverEnds,
            'loop-never-ends-bounded',
            { sources: sources.length },
            {
              certainty: 'suspected',
              span,
              related: sources.slice(0, 3).map((source) => beside(source.nameSpan, 'bounded-source', {})),
            },
          ),
        );
      }
    }
    return capped(findings);
  },
};
