import { finding } from '../../model.ts';
import { capital } from '../../wording.ts';
import { capped, type JobRule, loopEnds, loopName, reach, streamingLoops } from './shared.ts';

export const loopWithoutEntry: JobRule = {
  id: 'loop-without-entry',
  title: 'A loop is fed by nothing but itself',
  severity: 'warning',
  docs: `No source outside reaches the loop's body. With no record ever coming in, none can circulate: the loop is idle for ever, and with \`iterate()\` without a wait it also keeps the job alive.`,
  check(view) {
    if (view.hasUnknownEdges) return [];
    return capped(
      streamingLoops(view)
        .slice(0, 200)
        .filter((loop) => {
          const body = view.body(loop);
          const origins = reach(view, body, (vertex) => view.producers(vertex));
          return ![...origins].some((vertex) => {
            const { kind, name } = view.vertex(vertex);
            return (kind === 'source' && !body.includes(vertex)) || /^Source: (?!Iteration)/.test(name);
          });
        })
        .map((loop) =>
          finding(loopWithoutEntry, {
            certainty: 'proved',
            message: `${capital(loopName(loop))} has no entry: no source outside reaches its body, so nothing can ever circulate.`,
            span: view.vertex(loop.head).nameSpan,
            related: loopEnds(view, loop).slice(1),
          }),
        ),
    );
  },
};
