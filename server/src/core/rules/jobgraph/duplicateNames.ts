import type { Vertex } from '../../jobgraph/vertex.ts';
import { shorten } from '../../wording.ts';
import { beside, capped, type JobRule, MAX_RELATED, tell } from './shared.ts';

/** Default names of operators without state of their own, and of what the planner and connectors generate. */
const NO_STATE =
  /^(Map|Filter|Flat ?Map|Project|Union|Timestamps\/Watermarks|Sink: Print.*|SourceConversion|SinkConversion.*|.*\[\d*\]|.*\(.*\[.*\].*\).*)$/;

const FROM_SQL = /^(\[\d*\]:|SourceConversion)/;

export const duplicateNames: JobRule = {
  id: 'duplicate-names',
  title: 'Several operators have the same name',
  severity: 'warning',
  docs: `Nothing tells operators of the same name apart in metrics, logs and the UI. If they also have no \`uid\`, the state of a savepoint is mapped to them by a hash of the graph, which changes with the next edit of the job. The plan does not show uids, so this is a reason to look, not a proof.

Give every operator with state \`.uid("…")\` and a name of its own.`,
  check(view) {
    const { format, vertices } = view.plan;
    if (format !== 'execution-plan' && format !== 'rest-plan' && format !== 'rest-job') return [];
    // The SQL planner names and identifies its operators itself.
    if (vertices.some((vertex) => FROM_SQL.test(vertex.description))) return [];
    const byName = new Map<string, Vertex[]>();
    for (const vertex of vertices) {
      if (!vertex.hasName && vertex.description === '') continue;
      if (vertex.kind === 'loop-head' || vertex.kind === 'loop-tail' || vertex.uid !== null || vertex.name.length > 400 || NO_STATE.test(vertex.name))
        continue;
      const same = byName.get(vertex.name);
      if (same === undefined) byName.set(vertex.name, [vertex]);
      else same.push(vertex);
    }
    return capped(
      [...byName.values()].flatMap((same) => {
        const second = same[1];
        if (second === undefined) return [];
        const others = same.filter((vertex) => vertex !== second).slice(0, MAX_RELATED);
        const facts = { name: shorten(second.name, 200), count: same.length };
        return [
          tell(duplicateNames, 'duplicate-names', facts, {
            certainty: 'suspected',
            span: second.nameSpan,
            related: others.map((vertex) => beside(vertex.nameSpan, 'same-name', {})),
          }),
        ];
      }),
    );
  },
};
