import { activitiesOf, mayBeBackPressured } from '../../analysis/threaddump/activity.ts';
import { standing, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX_RELATED = 20;

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
        tell(
          loopDeadlock,
          'loop-waits-for-itself',
          { tail: tail.thread.name, head: head.thread.name, tails: tails.length, heads: heads.length },
          { certainty: 'suspected', span: tail.thread.nameSpan, related: [...tails, ...heads].slice(0, MAX_RELATED).map(standing) },
        ),
      ];
    }),
};
