import type { Ship } from '../../jobgraph/model.ts';
import type { Draft } from '../../model.ts';
import { finding } from '../../model.ts';
import { capped, iterateLoops, type JobRule } from './shared.ts';

/** Partitioners that decide which subtask a record must go to; for the others any subtask is as good. */
const BINDING: ReadonlySet<Ship> = new Set(['hash', 'custom', 'global', 'broadcast', 'range']);

export const feedbackPartitioning: JobRule = {
  id: 'feedback-partitioned-differently',
  title: 'Feedback is partitioned differently from the loop input',
  severity: 'warning',
  docs: `The entry of the loop gets its input by one partitioner and the feedback by another. With keyed state this is wrong: a record that comes back meets another subtask than the one that holds its key's state (the state is missing, a NullPointerException, or a key group outside of the subtask's range).

Key the iteration itself: \`input.iterate()\` and then \`.keyBy(…)\` on the iteration stream, so that both go through the same partitioner.`,
  check(view) {
    const findings: Draft[] = [];
    for (const loop of iterateLoops(view)) {
      for (const fed of view.outgoing(loop.head)) {
        const entry = view.vertex(fed.to);
        if (fed.ship === null || (entry.parallelism ?? 1) < 2) continue;
        for (const input of view.incoming(fed.to)) {
          if (input.from === loop.head || input.ship === null || input.ship === fed.ship || view.vertex(input.from).kind === 'loop-head') continue;
          if (view.inLoop(input.from, loop) || (!BINDING.has(input.ship) && !BINDING.has(fed.ship))) continue;
          findings.push(
            finding(feedbackPartitioning, {
              certainty: 'suspected',
              message: `${entry.label} gets the input of loop ${loop.name} by ${input.shipText} and its feedback by ${fed.shipText}: with keyed state, records that come back meet the wrong subtask.`,
              span: fed.shipSpan ?? fed.idSpan,
              related: [{ message: `The input comes by ${input.shipText}`, span: input.shipSpan ?? input.idSpan }],
              evidence: [`${input.shipText} against ${fed.shipText} at parallelism ${entry.parallelism}.`],
              missing: ['Whether the operator keeps keyed state.'],
              fixes:
                fed.shipSpan === null
                  ? []
                  : [
                      {
                        title: `Set the ship strategy of the feedback in this plan to ${input.shipText}`,
                        kind: 'quickfix',
                        by: 'edits',
                        edits: [{ span: fed.shipSpan, newText: input.shipText ?? '' }],
                        cost: 'Changes the file only, to try what follows; the job needs the same keyBy on the iteration stream.',
                      },
                    ],
            }),
          );
          break;
        }
      }
    }
    return capped(findings);
  },
};
