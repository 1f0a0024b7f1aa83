import { beside, capped, type JobRule, tell, vertexFact } from './shared.ts';

export const updatesIntoSink: JobRule = {
  id: 'updates-into-sink',
  title: 'A SQL sink receives updates or deletions',
  severity: 'hint',
  docs: `EXPLAIN CHANGELOG_MODE shows which kinds of change each operator emits: I insertions, UB and UA the row before and after an update, D deletions. A sink whose input emits more than I must be able to upsert or to retract; an append-only connector (plain files, Kafka without a key) refuses the query or, behind a format that drops the kind, stores every version as if it were new.

Use an upsert connector with a primary key, or make the query append-only, for example with a window.`,
  check(view) {
    if (view.plan.format !== 'explain-tree') return [];
    return capped(
      view.plan.vertices.flatMap((vertex) => {
        if (vertex.kind !== 'sink') return [];
        const input = view.producers(vertex.index).map((index) => view.vertex(index))[0];
        const mode = input?.changelogMode ?? null;
        if (input === undefined || mode === null || mode === 'I' || mode === 'NONE') return [];
        const facts = { sink: vertexFact(vertex), input: vertexFact(input).name, changelog: mode };
        return [
          tell(updatesIntoSink, 'updates-into-sink', facts, {
            certainty: 'proved',
            span: vertex.nameSpan,
            related: [beside(input.nameSpan, 'changelog', { changelog: mode })],
          }),
        ];
      }),
    );
  },
};
