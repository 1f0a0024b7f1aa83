import { capped, type JobRule, loopFact, tailOf, tell, vertexFact } from './shared.ts';

export const loopFound: JobRule = {
  id: 'loop-found',
  title: 'The plan has a loop',
  severity: 'hint',
  docs: `Flink draws a loop as two boxes that nothing connects: the head (\`IterationSource-N\`), where feedback comes in again, and the tail (\`IterationSink-N\`), where it leaves (StreamGraph.createIterationSourceAndSink). The feedback edge between them is in no JSON; Logjam restores it from the common number. The level counts the loops around an operator, as StreamScope of FLIP-15 does: 1 for a loop in no other loop.

flink-ml and Stateful Functions give no common number; their ends are paired by order, parallelism and reachability.`,
  check: (view) =>
    capped(
      view.loops.loops.map((loop) => {
        const guessed = loop.origin === 'flink-ml' || loop.origin === 'statefun';
        const facts = {
          loop: loopFact(loop),
          level: loop.level,
          between: view.body(loop).filter((vertex) => vertex !== loop.head && vertex !== loop.tail).length,
          head: vertexFact(view.vertex(loop.head)),
          tail: vertexFact(view.vertex(loop.tail)),
        };
        return tell(loopFound, 'loop-found', facts, {
          certainty: guessed || loop.tangled ? 'suspected' : 'proved',
          span: view.vertex(loop.head).nameSpan,
          related: [tailOf(view, loop)],
        });
      }),
    ),
};
