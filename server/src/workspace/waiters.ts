import { Cancelled } from '../core/checkpoint.ts';

/** Somebody who waits for an answer and may stop to do so. A CancellationToken of LSP is one. */
export interface Waiter {
  readonly isCancellationRequested: boolean;
  onCancellationRequested?(listener: () => void): { dispose(): void };
}

/** Waits to the end. */
export const PATIENT: Waiter = { isCancellationRequested: false };

/** What a piece of work may ask about itself. */
export interface Work {
  readonly unwanted: boolean;
}

/** One piece of work that several wait for: who goes is told at once, and the work ends when the last one has gone. */
export class Shared<T> implements Work {
  readonly #waiters = new Set<Waiter>();
  readonly #result: Promise<T>;
  #state: 'running' | 'ended' | 'done' = 'running';

  /** `run` looks at `unwanted` now and then, and rejects with Cancelled when it is true; `failed` is told when it rejects. */
  constructor(first: Waiter, run: (work: Work) => Promise<T>, failed: () => void = () => undefined) {
    this.#waiters.add(first);
    this.#result = run(this);
    this.#result.then(() => {
      this.#state = 'done';
      this.#waiters.clear();
    }, failed);
  }

  /** Nobody waits for it any more, or it was ended. Work that is unwanted is not joined: it may have stopped already. */
  get unwanted(): boolean {
    if (this.#state !== 'running') return this.#state === 'ended';
    for (const waiter of this.#waiters) if (!waiter.isCancellationRequested) return false;
    return this.#waiters.size > 0;
  }

  wait(waiter: Waiter): Promise<T> {
    if (this.#state === 'running') this.#waiters.add(waiter);
    return new Promise((resolve, reject) => {
      const listening = waiter.onCancellationRequested?.(() => reject(new Cancelled()));
      this.#result.then(resolve, reject).finally(() => listening?.dispose());
    });
  }

  /** Ends the work for all who wait. */
  end(): void {
    if (this.#state === 'running') this.#state = 'ended';
  }
}
