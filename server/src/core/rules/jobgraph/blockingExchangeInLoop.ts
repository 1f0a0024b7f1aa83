import type { Draft } from '../../model.ts';
import { finding } from '../../model.ts';
import { capped, type JobRule, loopName, streamingLoops } from './shared.ts';

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
          findings.push({
            ...finding(blockingExchangeInLoop, {
              certainty: 'proved',
              message: blocking
                ? `The ${edge.exchangeText} exchange from ${view.vertex(edge.from).label} to ${view.vertex(edge.to).label} lies on ${loopName(loop)}: its consumer waits for the end of a producer that the loop keeps running.`
                : `The ${edge.exchangeText} exchange from ${view.vertex(edge.from).label} to ${view.vertex(edge.to).label} lies on ${loopName(loop)}; hybrid shuffle is meant for bounded jobs.`,
              span: edge.exchangeSpan ?? edge.idSpan,
              related: [{ message: `Head of ${loopName(loop)}`, span: view.vertex(loop.head).nameSpan }],
              fixes: [{ title: 'Copy execution.runtime-mode: STREAMING', kind: 'quickfix', by: 'copy', copy: 'execution.runtime-mode: STREAMING\n' }],
            }),
            severity: blocking ? 'error' : 'warning',
          });
        }
      }
    }
    return capped(findings);
  },
};
