import { finding } from '../../model.ts';
import { capital, plural } from '../../wording.ts';
import { capped, type JobRule, loopEnds, loopName } from './shared.ts';

const ORIGIN = {
  iterate: 'DataStream.iterate()',
  'flink-ml': 'a flink-ml iteration',
  statefun: 'Stateful Functions',
  'step-function': 'a step function of the plan',
  cycle: 'a cycle of the document',
} as const;

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
        const inside = view.body(loop).filter((vertex) => vertex !== loop.head && vertex !== loop.tail).length;
        return finding(loopFound, {
          certainty: guessed || loop.tangled ? 'suspected' : 'proved',
          message: `${capital(loopName(loop))} from ${ORIGIN[loop.origin]}, level ${loop.level}, with ${plural(inside, 'vertex', 'vertices')} between ${view.vertex(loop.head).label} and ${view.vertex(loop.tail).label}.`,
          span: view.vertex(loop.head).nameSpan,
          related: loopEnds(view, loop).slice(1),
          evidence: guessed ? ['Head and tail are paired by their names, order and parallelism; the names carry no common number.'] : [],
        });
      }),
    ),
};
