import type { Ship } from '../../jobgraph/model.ts';
import type { Draft } from '../../model.ts';
import { beside, capped, editFix, iterateLoops, type JobRule, loopFact, tell, vertexFact } from './shared.ts';

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
          const ship = input.shipText ?? '';
          const facts = {
            vertex: vertexFact(entry),
            loop: loopFact(loop),
            input: ship,
            feedback: fed.shipText ?? '',
            parallelism: entry.parallelism,
          };
          findings.push(
            tell(feedbackPartitioning, 'feedback-partitioned-differently', facts, {
              certainty: 'suspected',
              span: fed.shipSpan ?? fed.idSpan,
              related: [beside(input.shipSpan ?? input.idSpan, 'input-comes-by', { ship })],
              fixes: fed.shipSpan === null ? [] : [editFix('set-feedback-ship', { ship }, fed.shipSpan, ship, 'file-only-key-by')],
            }),
          );
          break;
        }
      }
    }
    return capped(findings);
  },
};
