import type { Draft } from '../../model.ts';
import { capped, copyFix, headOf, type JobRule, loopFact, streamingLoops, tell, vertexFact } from './shared.ts';

export const blockingExchangeInLoop: JobRule = {
  id: 'blocking-exchange-in-loop',
  title: 'A blocking exchange lies on a loop',
  severity: 'error',
  docs: `Over a blocking exchange the consumer starts only when the producer has finished. On a loop the producer can finish only after the consumer: neither ever starts. Flink refuses iterations in BATCH mode for this reason ("Iterations are not supported in BATCH", StreamGraphGenerator).

Hybrid exchanges let the consumer start early, and then only hold everything on disk: a warning.

Run the job with \`execution.runtime-mode: STREAMING\`.`,
  check(view) {
    const findings: Draft[] = [];
    for (const loop of streamingLoops(view)) {
      for (const vertex of view.body(loop)) {
        for (const edge of view.outgoing(vertex)) {
          // Inner loops report their own edges.
          if (view.loops.innermost[edge.from] !== loop.index || !view.inLoop(edge.to, loop) || edge.exchange === null) continue;
          const blocking = edge.exchange.startsWith('blocking');
          if (!blocking && !edge.exchange.startsWith('hybrid')) continue;
          const facts = {
            exchange: edge.exchangeText ?? '',
            from: vertexFact(view.vertex(edge.from)),
            to: vertexFact(view.vertex(edge.to)),
            loop: loopFact(loop),
          };
          findings.push(
            tell(blockingExchangeInLoop, blocking ? 'blocking-exchange-in-loop' : 'blocking-exchange-in-loop-hybrid', facts, {
              certainty: 'proved',
              severity: blocking ? 'error' : 'warning',
              span: edge.exchangeSpan ?? edge.idSpan,
              related: [headOf(view, loop)],
              fixes: [copyFix('execution.runtime-mode: STREAMING\n')],
            }),
          );
        }
      }
    }
    return capped(findings);
  },
};
