import { placeOf, type WaitUnderLock, waitsUnderLock } from '../../analysis/java/jobs/waits.ts';
import type { JavaModel } from '../../analysis/java/model.ts';
import { spanOf } from '../../java/syntax.ts';
import { type Certainty, finding, type Rule, type Severity } from '../../model.ts';
import { BLOCKING, lockWords, waitingUnderLockWords } from './words.ts';

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
      const facts = { waits: kind, method: call.name, lock: lock.lock, through: path.steps.map((step) => step.name), why: whyOf(wait) };
      return finding(
        { id: waitingUnderLock.id, severity: severityOf(wait) },
        {
          variant: kind,
          facts,
          message: waitingUnderLockWords(facts, lock),
          span: placeOf(wait),
          certainty: certaintyOf(wait),
          evidence: [`${call.name}() ${BLOCKING[kind]}, while ${lockWords(lock)} is held.`],
          missing: wait.otherSide === null ? ['Whether what is waited for needs the lock does not show in this file.'] : [],
          related: [
            { message: `${lockWords(lock)} is taken here`, span: lock.span },
            ...path.steps.map((step) => ({ message: `${step.name}() is called`, span: spanOf(step.nameNode) })),
            ...(wait.otherSide === null ? [] : [{ message: 'this needs the lock too', span: wait.otherSide.span }]),
          ],
        },
      );
    });
  },
};

function whyOf(wait: WaitUnderLock): 'same-executor' | 'other-side' | 'checkpoint-lock' | 'retry' | 'plain' {
  if (wait.otherSide?.isSameExecutor === true) return 'same-executor';
  if (wait.isCheckpointLock) return 'checkpoint-lock';
  if (wait.otherSide !== null) return 'other-side';
  return wait.inLoop && wait.blocking.kind === 'sleep' ? 'retry' : 'plain';
}

const severityOf = (wait: WaitUnderLock): Severity => (whyOf(wait) === 'plain' ? 'info' : 'warning');

const certaintyOf = (wait: WaitUnderLock): Certainty => (whyOf(wait) === 'same-executor' ? 'proved' : 'suspected');
