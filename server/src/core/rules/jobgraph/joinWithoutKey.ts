import { beside, capped, type JobRule, tell, vertexFact } from './shared.ts';

/** Inputs that are few records by their nature: aggregates over everything, the first n rows, literals. */
const FEW = /Aggregate|Limit|Rank|Values/;

export const joinWithoutKey: JobRule = {
  id: 'join-without-key',
  title: 'A SQL join without an equality runs in one subtask',
  severity: 'warning',
  docs: `Without an equality between its two sides a join has no key to partition by. The planner sends both inputs through an exchange with \`distribution=[single]\`: all records of both go to one subtask, which keeps both inputs as state and compares every new record with all of the other side. No parallelism helps.

Add an equality to the condition, also a coarse one (the same day, the same region), join through a lookup or a broadcast in the DataStream API, or bound the inputs by an interval or a window.`,
  check(view) {
    if (view.plan.format !== 'explain-tree' || !view.primary) return [];
    return capped(
      view.plan.vertices.flatMap((vertex) => {
        if (!/Join$/.test(vertex.name)) return [];
        const inputs = view.incoming(vertex.index);
        if (inputs.length < 2 || !inputs.every(({ ship }) => ship === 'global')) return [];
        const before = inputs.flatMap(({ from }) => view.producers(from));
        if (before.some((index) => FEW.test(view.vertex(index).name))) return [];
        return [
          tell(
            joinWithoutKey,
            'join-without-key',
            { vertex: vertexFact(vertex) },
            {
              certainty: 'suspected',
              span: vertex.nameSpan,
              related: inputs.map(({ from }) => beside(view.vertex(from).nameSpan, 'single-exchange', {})),
            },
          ),
        ];
      }),
    );
  },
};
