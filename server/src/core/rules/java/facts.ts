import type { ReliefCode } from '../../analysis/java/danger.ts';
import type { BlockingKind } from '../../analysis/java/jobs/blocking.ts';
import type { HeldLock } from '../../analysis/java/locks.ts';
import type { NoFacts } from '../../wording.ts';

/** A lock as the source names it. */
export type LockFact = { kind: HeldLock['kind']; name: string };

/** What is known of the opposite order of a callback: the way back, the same code on another object, none, nothing. */
export type OrderFact = { known: 'way'; back: readonly string[] } | { known: 'same-code' } | { known: 'absent' } | { known: 'nothing' };

/** Why waiting under a lock is a danger. */
export type WaitReason = 'same-executor' | 'other-side' | 'checkpoint-lock' | 'retry' | 'plain';

/** The facts of every finding in Java sources, by its code: the id of its rule, and the variant behind it. Names are of the file. */
export type JavaFacts = {
  'java-blocking-in-function': { waits: BlockingKind; method: string; base: string; through: readonly string[] };
  /** `through`: calls from the lock to the callback; `relief`: why it is no danger as far as the file tells. */
  'java-callback-under-lock': {
    method: string;
    lock: LockFact;
    through: readonly string[];
    danger: string;
    relief: ReliefCode | null;
    order: OrderFact;
    /** Findings beyond the cap, told in the last one. */
    more: number;
  };
  'java-client-not-closed': { field: string; type: string; closing: string };
  'java-closes-under-lock': { method: string; type: string; lock: LockFact; open: boolean };
  'java-completes-future-under-lock': { method: string; type: string; lock: LockFact; open: boolean };
  'java-function-field-not-serializable': { field: string; type: string; base: string };
  'java-function-static-state': { field: string; type: string; base: string };
  'java-interrupt-dropped': { why: 'loop' | 'record' | 'plain'; inFunction: boolean };
  'java-lock-order': { method: string; lock: string; taken: string; way: readonly string[]; back: readonly string[] };
  'java-lock-order-comes-back': { method: string; lock: string; callback: string; way: readonly string[] };
  'java-missing-uid': { operators: readonly string[]; count: number };
  'java-static-initializer-waits': { method: string };
  'java-waiting-under-lock': { waits: BlockingKind; method: string; lock: LockFact; through: readonly string[]; why: WaitReason };
};

/** What stands at the places beside a finding. */
export interface JavaRelatedFacts {
  'called-on-way': { method: string };
  'lock-taken': { lock: LockFact };
  'called-under-lock': { method: string };
  'called-then': { method: string };
  'more-ways': { count: number };
  relief: { relief: ReliefCode };
  'has-value': NoFacts;
  field: NoFacts;
  'made-in-open': NoFacts;
  'loop-goes-on': NoFacts;
  'no-uid-either': { operator: string };
  initializer: NoFacts;
  'needs-lock-too': NoFacts;
}

export interface JavaFixFacts {
  'move-out': { method: string; lock: HeldLock['kind'] };
  'why-not-moved': { method: string; reason: string };
  'not-moved': { method: string; reason: string };
  'keep-buffer': NoFacts;
  'add-close': { field: string };
  'add-close-step': { field: string };
  'interrupt-again': NoFacts;
  'move-out-of-dump': { method: string; file: string };
}
