import { capped, type JobRule, tell, vertexFact } from './shared.ts';

/** From here on the copies are worth a word. */
const MANY = 32;

export const broadcastFanOut: JobRule = {
  id: 'broadcast-fan-out',
  title: 'A broadcast into many subtasks',
  severity: 'hint',
  docs: `Over a BROADCAST edge every record goes to every subtask: at parallelism ${MANY} and more the same record is serialized, sent and kept that many times. Fine for rules and small tables, costly for a stream of any volume.`,
  check: (view) =>
    capped(
      view.plan.edges
        .filter((edge) => edge.ship === 'broadcast' && (view.vertex(edge.to).parallelism ?? 0) >= MANY)
        .map((edge) => {
          const to = view.vertex(edge.to);
          const facts = { from: vertexFact(view.vertex(edge.from)), to: vertexFact(to), subtasks: to.parallelism ?? 0 };
          return tell(broadcastFanOut, 'broadcast-fan-out', facts, { certainty: 'proved', span: edge.shipSpan ?? edge.idSpan });
        }),
    ),
};
