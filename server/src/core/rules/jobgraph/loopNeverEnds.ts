import type { Draft } from '../../model.ts';
import { finding } from '../../model.ts';
import { capped, iterateLoops, type JobRule } from './shared.ts';

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
          finding(loopNeverEnds, {
            certainty: 'suspected',
            message: `All sources have finished, and the head of loop ${loop.name} still runs: without a wait time it never ends.`,
            span: head.nameSpan,
            related: sources.slice(0, 3).map((source) => ({ message: 'FINISHED', span: source.nameSpan })),
            evidence: ['Every source is FINISHED, the head is RUNNING.'],
            missing: ['The argument of iterate(): with a wait time the loop may end soon.', 'Whether records still circulate.'],
          }),
        );
      }
    } else if (sources.every((vertex) => BOUNDED.test(vertex.name))) {
      for (const { waitMs, span } of view.context.iterateCalls) {
        if (waitMs !== 0) continue;
        findings.push(
          finding(loopNeverEnds, {
            certainty: 'suspected',
            message: 'iterate() without a wait time never ends, and all sources of this job are bounded: the job will stay RUNNING for ever.',
            span,
            related: sources.slice(0, 3).map((source) => ({ message: 'A bounded source', span: source.nameSpan })),
            evidence: ['The names of all sources are those of bounded ones.'],
          }),
        );
      }
    }
    return capped(findings);
  },
};
