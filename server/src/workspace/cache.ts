import { LeastRecentlyUsed } from '../core/lru.ts';
import { Shared, type Waiter, type Work } from './waiters.ts';

interface Entry<T> {
  stamp: string;
  shared: Shared<T>;
}

/** What is kept of each sort, the latest used; the others are made again when they are asked for. */
export type Room = 'open' | 'file' | 'set';
const KEPT: Record<Room, number> = { open: Infinity, file: 4, set: 2 };

/** Answers by what they are about and the state that this was in: content and settings. A newer state ends work on an older one. */
export class Cache<T> {
  readonly #rooms: Record<Room, LeastRecentlyUsed<string, Entry<T>>> = {
    open: new LeastRecentlyUsed(KEPT.open),
    file: new LeastRecentlyUsed(KEPT.file),
    set: new LeastRecentlyUsed(KEPT.set),
  };

  get(room: Room, key: string, stamp: string, waiter: Waiter, run: (work: Work) => Promise<T>): Promise<T> {
    const entries = this.#rooms[room];
    const known = entries.get(key);
    if (known?.stamp === stamp && !known.shared.unwanted) return known.shared.wait(waiter);
    known?.shared.end();
    const shared: Shared<T> = new Shared(waiter, run, () => entries.peek(key)?.shared === shared && entries.delete(key));
    entries.set(key, { stamp, shared });
    return shared.wait(waiter);
  }

  /** Ends the work on something; all who wait for it get Cancelled. */
  end(key: string): void {
    for (const room of Object.values(this.#rooms)) room.peek(key)?.shared.end();
  }

  /** It is made anew when it is asked for again; who waits for it already gets it still. */
  drop(key: string): void {
    for (const room of Object.values(this.#rooms)) room.delete(key);
  }
}
