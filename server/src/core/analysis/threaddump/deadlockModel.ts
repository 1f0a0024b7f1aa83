import type { Certainty } from '../../model.ts';
import type { Lock, Wait } from './waits/model.ts';

export interface Deadlock {
  kind: DeadlockKind;
  certainty: Certainty;
  /** Parties in waiting order: each waits for the next, the last for the first. */
  threads: number[];
  /** locks[i] is what threads[i] waits for. */
  locks: Lock[];
  waits: Wait[];
  /** Parties that are held up by the cycle without being part of it, in the order of the dump. */
  victims: number[];
  /** What speaks for it, in sentences. */
  evidence: string[];
  /** What would have to be looked at to be sure, in sentences; empty where it is proved. */
  doubts: string[];
  /** Index of the same deadlock in {@link WaitGraph.section}; null where the JVM does not report it. */
  section: number | null;
}

export type DeadlockKind = 'monitor' | 'ownable' | 'mixed' | 'class-init' | 'read-lock' | 'virtual';
