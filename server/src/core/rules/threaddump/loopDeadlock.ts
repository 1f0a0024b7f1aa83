import { activitiesOf, mayBeBackPressured } from '../../analysis/threaddump/activity.ts';
import { finding } from '../../model.ts';
import { quoted } from '../../wording.ts';
import type { DumpRule } from './types.ts';

/** The tail's queue is full while the head waits for room downstream: no lock is involved, so no thread is BLOCKED. */
export const loopDeadlock: DumpRule = {
  id: 'loop-waits-for-itself',
  title: 'A loop waits for itself',
  severity: 'warning',
  docs: `The tail of an iteration (\`DataStream#iterate\`) waits to put a record into the feedback queue, which holds one record, and the head of an iteration waits for a free output buffer. When the operators between them are back-pressured too, every buffer of the loop is full and nothing can ever move. No lock is involved, so the JVM reports no deadlock.

To confirm: a second dump with the same threads at the same place, and \`numRecordsOut\` of the head that does not grow. To break it: let less come out of the loop body than goes in, filter before feeding back, give the loop more network buffers, or feed back through an external system such as Kafka.`,
  check: (analysis) =>
    analysis.dumps.filter(mayBeBackPressured).flatMap((analysed) => {
      const activities = activitiesOf(analysed);
      const tails = activities.filter(({ standing }) => standing?.known.id === 'iteration-tail-full');
      const heads = activities.filter(
        ({ activity, thread }) =>
          activity === 'back-pressured' && thread.frames.some(({ className }) => /\.StreamIterationHead(?:\$|$)/.test(className)),
      );
      const tail = tails[0];
      const head = heads[0];
      if (tail === undefined || head === undefined) return [];
      return [
        finding(loopDeadlock, {
          certainty: 'suspected',
          facts: { tail: tail.thread.name, head: head.thread.name, tails: tails.length, heads: heads.length },
          message: `The loop may wait for itself: ${quoted(tail.thread.name)} cannot hand a record back to the head, and ${quoted(head.thread.name)}, a head, waits for an output buffer.`,
          span: tail.thread.nameSpan,
          related: [...tails, ...heads]
            .slice(0, 20)
            .map(({ thread, standing }) => ({ message: `${quoted(thread.name)}: ${standing?.known.title ?? 'waiting'}`, span: thread.nameSpan })),
          evidence: [`${tails.length} of the loop's tails wait at a full feedback queue.`, `${heads.length} of its heads wait for an output buffer.`],
          missing: [
            'A second dump some seconds later with the same threads at the same place.',
            'numRecordsOut of the head: it stands still in a deadlock, and grows under mere back-pressure.',
          ],
        }),
      ];
    }),
};
