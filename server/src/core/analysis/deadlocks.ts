import type { Certainty } from '../model.ts';
import type { Lock, Wait } from './waitGraph.ts';

export interface Deadlock {
  kind: 'monitor' | 'ownable' | 'mixed' | 'class-init' | 'read-lock' | 'virtual';
  certainty: Certainty;
  /** Thread indices in waiting order: each waits for the next, the last for the first. */
  threads: number[];
  /** locks[i] is what threads[i] waits for. */
  locks: Lock[];
  waits: Wait[];
  /** Threads that are held up by the cycle without being part of it. */
  victims: number[];
  evidence: string[];
}
