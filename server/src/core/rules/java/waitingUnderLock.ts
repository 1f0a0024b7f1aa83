import { placeOf, type WaitUnderLock, waitsUnderLock } from '../../analysis/java/jobs/waits.ts';
import type { JavaModel } from '../../analysis/java/model.ts';
import { spanOf } from '../../java/syntax.ts';
import type { Certainty, Rule, Severity } from '../../model.ts';
import type { WaitReason } from './facts.ts';
import { beside, tell } from './tell.ts';

export const waitingUnderLock: Rule<JavaModel> = {
  id: 'java-waiting-under-lock',
  title: 'A thread waits while it holds a lock',
  severity: 'warning',
  docs: `Inside a \`synchronized\` block or method, or between \`lock()\` and \`unlock()\`, a thread sleeps, or waits for a future, a latch, a thread, a queue, or the end of an executor. Whoever needs the lock waits as long; and when what is waited for needs the lock itself, both wait for ever.

It is **proved** when a task of the very executor that is waited for takes the same lock: FLINK-13253, where \`close()\` of the JDBC upsert output format awaited, under its own monitor, the flush thread that needs the monitor. It is a warning as well when the lock is the checkpoint lock of a source (FLINK-17170, FLINK-5638: neither records nor checkpoints get through meanwhile), when another lambda or class of the file takes the lock, and when a retry sleeps in a loop. Otherwise it is information.

*What to do:* take what is needed under the lock, leave it, then wait. For \`close()\`: set a flag and shut the executor down under the lock, await its end behind it. For a retry: sleep outside, or hand the retry to the scheduler.`,
  check(model) {
    return waitsUnderLock(model).map((wait) => {
      const { blocking, lock, path } = wait;
      const { kind, call } = blocking;
      const facts = {
        waits: kind,
        method: call.name,
        lock: { kind: lock.kind, name: lock.lock },
        through: path.steps.map((step) => step.name),
        why: whyOf(wait),
      };
      return tell({ id: waitingUnderLock.id, severity: severityOf(wait) }, 'java-waiting-under-lock', facts, {
        variant: kind,
        key: ['waits', 'method', 'lock', 'why'],
        span: placeOf(wait),
        certainty: certaintyOf(wait),
        related: [
          beside(lock.span, 'lock-taken', { lock: facts.lock }),
          ...path.steps.map((step) => beside(spanOf(step.nameNode), 'called-on-way', { method: step.name })),
          ...(wait.otherSide === null ? [] : [beside(wait.otherSide.span, 'needs-lock-too', {})]),
        ],
      });
    });
  },
};

function whyOf(wait: WaitUnderLock): WaitReason {
  if (wait.otherSide?.isSameExecutor === true) return 'same-executor';
  if (wait.isCheckpointLock) return 'checkpoint-lock';
  if (wait.otherSide !== null) return 'other-side';
  return wait.inLoop && wait.blocking.kind === 'sleep' ? 'retry' : 'plain';
}

const severityOf = (wait: WaitUnderLock): Severity => (whyOf(wait) === 'plain' ? 'info' : 'warning');

const certaintyOf = (wait: WaitUnderLock): Certainty => (whyOf(wait) === 'same-executor' ? 'proved' : 'suspected');
