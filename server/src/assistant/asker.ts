import type { Waiter } from '../workspace/waiters.ts';

/** Who asks, and may be told how far the answer is. */
export interface Asker extends Waiter {
  progress?(message: string): void;
}
