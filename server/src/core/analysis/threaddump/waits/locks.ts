import type { Span } from '../../../../../../common/span.ts';
import type { LockRef } from '../../../threaddump/model.ts';
import type { Hold, HoldEvidence, Lock, LockKind, LockLine, WaitGraph } from './model.ts';

/** The lock of a key, made where it is new. */
export function lockFor(graph: WaitGraph, id: string, ref: LockRef, kind: LockKind): Lock {
  let lock = graph.locks.get(id);
  if (lock === undefined) {
    lock = { id, ref, kind, holds: [], waiters: [], inWait: [] };
    graph.locks.set(id, lock);
  } else if (lock.ref.className === null && ref.className !== null) {
    lock.ref = ref;
  }
  return lock;
}

export const STRENGTH: Record<HoldEvidence, number> = {
  'owned-by': 4,
  'jvm-section': 3,
  'synchronizer-list': 3,
  'class-initialiser': 2,
  'locked-line': 1,
};

/** Adds a hold; one a thread. The stronger evidence wins, but a place in the text is kept whatever it came with. Strongest first. */
export function addHold(lock: Lock, hold: Hold): void {
  const known = lock.holds.find((other) => other.threadIndex === hold.threadIndex);
  if (known === undefined) {
    lock.holds.push({ ...hold, place: hold.place === null ? null : lockLineOf(hold.place) });
  } else {
    known.place ??= hold.place === null ? null : lockLineOf(hold.place);
    if (STRENGTH[hold.evidence] > STRENGTH[known.evidence]) known.evidence = hold.evidence;
  }
  if (lock.holds.length > 1) lock.holds.sort((a, b) => STRENGTH[b.evidence] - STRENGTH[a.evidence]);
}

function lockLineOf({ span, lockSpan }: { span: Span; lockSpan: Span }): LockLine {
  return { span, lockSpan };
}
