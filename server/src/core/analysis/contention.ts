import type { Lock } from './waitGraph.ts';

export interface Contention {
  lock: Lock;
  /** Threads waiting for this very lock. */
  direct: number;
  /** Threads held up through further locks as well, `direct` included. */
  total: number;
  /** From the lock's holder to the thread at the end of the chain that waits for no lock; empty in a cycle. */
  chain: number[];
}
