import type { Checkpoint } from '../checkpoint.ts';

/** Work that is done piece by piece: it yields where it may be interrupted, and returns its result. */
export type Steps<T> = Generator<void, T, void>;

/** Does the work of a text in memory, giving way to whoever waits; rejects with Cancelled. */
export async function inTurns<T>(steps: Steps<T>, checkpoint: Checkpoint): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (checkpoint.due()) await checkpoint.pause();
  }
}

/** Does the work of a small text at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
