import type { Certainty } from '../../model.ts';
import type { Coded, NoFacts } from '../../wording.ts';
import type { HoldEvidence, Inference, Lock, LockKind, Wait } from './waits/model.ts';

export interface Deadlock {
  kind: DeadlockKind;
  certainty: Certainty;
  /** Threads in waiting order: each waits for the next, the last for the first. */
  threads: number[];
  /** locks[i] is what threads[i] waits for. */
  locks: Lock[];
  waits: Wait[];
  /** Threads that are held up by the cycle without being part of it, in the order of the dump. */
  victims: number[];
  /** What speaks for it. */
  evidence: Coded<EvidenceFacts>[];
  /** What would have to be looked at to be sure; empty where it is proved. */
  doubts: Coded<DoubtFacts>[];
  /** Index of the same deadlock in {@link WaitGraph.section}; null where the JVM does not report it. */
  section: number | null;
}

export type DeadlockKind = 'monitor' | 'ownable' | 'mixed' | 'class-init' | 'read-lock' | 'virtual';

/** A lock as facts name it. */
export type LockFacts = {
  kind: LockKind;
  /** Its id as in the text. */
  key: string;
  className: string | null;
};

export const lockFacts = ({ kind, ref }: Lock): LockFacts => ({ kind, key: ref.key, className: ref.className });

/** What speaks for a deadlock; threads by their names. */
export interface EvidenceFacts {
  /** The JVM's own section lists it. */
  'jvm-section': NoFacts;
  /** `owner` is null where the dump does not show it; `how` is how the owner is known. */
  waits: { thread: string; lock: LockFacts; owner: string | null; how: HoldEvidence | null };
  'more-waits': { count: number };
  /** A thread wants the write lock, and nobody holds it exclusively. */
  'writer-waits': { writer: string; lock: LockFacts };
  /** A thread is inside the class that takes the lock in the writer. */
  'reader-inside': { reader: string; writer: string; className: string; method: string };
  'reader-behind': { reader: string; writer: string };
}

/** What keeps a deadlock from being proved. */
export interface DoubtFacts {
  /** Thread.dump_to_file looks at one thread after the other. */
  'sampled-dump': NoFacts;
  'owner-inferred': { threads: string[]; from: Inference };
  'timed-wait': { thread: string };
  /** The first line of a member is not in the text. */
  'header-lost': NoFacts;
  /** Lines between the threads leave open whether they are of one process. */
  'other-source': NoFacts;
  /** Addresses of locks are blacked out. */
  'address-hidden': NoFacts;
  /** Whether the reader's frame runs while the read lock is held. */
  'reader-frame': NoFacts;
}
