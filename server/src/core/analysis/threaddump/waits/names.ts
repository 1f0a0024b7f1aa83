import type { OwnerRef } from '../../../threaddump/model.ts';
import type { WaitGraph } from './model.ts';

/** Finds threads by what a dump calls them. The tables are built when first needed. */
export class Names {
  readonly #graph: WaitGraph;
  #byName: Map<string, number[]> | null = null;
  #byId: Map<number, number> | null = null;
  readonly #added = new Map<string, number>();

  constructor(graph: WaitGraph) {
    this.#graph = graph;
  }

  /** All threads of a name; names are not unique. */
  named(name: string): readonly number[] {
    if (this.#byName === null) {
      this.#byName = new Map();
      for (const thread of this.#graph.dump.threads) {
        const same = this.#byName.get(thread.name);
        if (same === undefined) this.#byName.set(thread.name, [thread.index]);
        else same.push(thread.index);
      }
    }
    return this.#byName.get(name) ?? [];
  }

  byId(id: number): number | null {
    if (this.#byId === null) {
      this.#byId = new Map();
      for (const thread of this.#graph.dump.threads) if (thread.id !== null) this.#byId.set(thread.id, thread.index);
    }
    return this.#byId.get(id) ?? null;
  }

  /** The owner printed beside a lock; null where the dump has no such thread or several that fit. */
  owner(owner: OwnerRef, lockId: string): number | null {
    if (owner.id !== null) {
      const threadIndex = this.byId(owner.id);
      if (threadIndex !== null) return threadIndex;
    }
    if (owner.name === null) return null;
    const same = this.named(owner.name);
    if (same.length === 1) return same[0] as number;
    if (same.length > 1) return this.holding(same, lockId);
    return this.missing(owner.name, { start: 0, end: 0 });
  }

  /** The one among several threads of a name that is known to hold a lock. */
  holding(threads: readonly number[], lockId: string): number | null {
    const holds = this.#graph.locks.get(lockId)?.holds ?? [];
    const found = threads.filter((threadIndex) => holds.some((hold) => hold.threadIndex === threadIndex));
    return found.length === 1 ? (found[0] as number) : null;
  }

  /** A thread for a name without a stack in the dump. */
  missing(name: string, span: { start: number; end: number }): number {
    let threadIndex = this.#added.get(name);
    if (threadIndex === undefined) {
      threadIndex = this.#graph.threads.length;
      this.#graph.threads.push({ index: threadIndex, name, thread: null, span });
      this.#added.set(name, threadIndex);
    }
    return threadIndex;
  }
}
