import type { Draft } from '../../model.ts';
import { finding } from '../../model.ts';
import { shorten } from '../../wording.ts';
import { capped, iterateLoops, type JobRule } from './shared.ts';

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
        findings.push(
          finding(eventTimeInLoop, {
            certainty: 'suspected',
            message: `${vertex.label} is in loop ${loop.name} and looks like an event-time operator. Feedback does not move event time, so records that come back may be late for it.`,
            span: vertex.nameSpan,
            related: [{ message: `Head of loop ${loop.name}`, span: view.vertex(loop.head).nameSpan }],
            evidence: [`Its name contains "${shorten(match[0], 30)}".`],
            missing: ['Whether it works on event time or processing time.'],
          }),
        );
      }
    }
    return capped(findings);
  },
};
