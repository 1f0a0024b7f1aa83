import type { Draft } from '../../model.ts';
import { capped, headOf, iterateLoops, type JobRule, loopFact, tell, vertexFact } from './shared.ts';

const EVENT_TIME = /window|event ?time|rowtime|watermark|temporal|interval ?join|CEP|MATCH_RECOGNIZE/i;

export const eventTimeInLoop: JobRule = {
  id: 'event-time-in-loop',
  title: 'An operator in a loop depends on event time',
  severity: 'warning',
  docs: `The head of a loop emits the largest possible watermark once and then none (StreamIterationHead.init, FLINK-2802). So event time inside the loop follows the outside input alone: to a window, a record that comes back may be late, and a window may fire before its feedback has arrived.

Keep event-time operators outside of the loop, or use processing time inside.`,
  check(view) {
    const findings: Draft[] = [];
    for (const loop of iterateLoops(view)) {
      for (const index of loop.own) {
        const vertex = view.vertex(index);
        const match = EVENT_TIME.exec(vertex.name);
        if (match === null || index === loop.head || index === loop.tail) continue;
        const facts = { vertex: vertexFact(vertex), loop: loopFact(loop), word: match[0] };
        findings.push(
          tell(eventTimeInLoop, 'event-time-in-loop', facts, { certainty: 'suspected', span: vertex.nameSpan, related: [headOf(view, loop)] }),
        );
      }
    }
    return capped(findings);
  },
};
