import type { Source } from '../unwrap/source.ts';
import type { DeadlockSection, LockAction, LockActionKind, LockRef, SectionEntry } from './model.ts';
import { quoted } from './quoted.ts';
import type { LazyThread } from './thread.ts';

export interface JavacoreLock {
  ref: LockRef;
  start: number;
  end: number;
}

/** `java/lang/Object@0x00000000E00A2C48/0x00000000E00A2C50`: class and address; the second address is the lock word's. */
export function lockAt(text: string, at: number, end: number): JavacoreLock | null {
  const match = /^([\w/.$[;-]+)@(0x)?([\da-fA-F]+)/.exec(text.slice(at, Math.min(end, at + 600)));
  if (match === null) return null;
  const className = (match[1] as string).replaceAll('/', '.');
  return { ref: { key: `${match[2] ?? ''}${match[3]}`, className }, start: at, end: at + match[0].length };
}

/** One monitor of the pool, with the threads that the pool names. */
interface PoolMonitor {
  lock: JavacoreLock;
  owner: string | null;
  ownerSpan: [number, number];
  waiters: { name: string; kind: LockActionKind; span: [number, number] }[];
}

/**
 * The LOCKS section: who owns which monitor, who waits to enter it, and the deadlock that the VM found.
 * Older VMs print no lock in the threads' own blocks, so this is the only place.
 */
export class JavacoreLocks {
  readonly #source: Source;
  readonly #monitors: PoolMonitor[] = [];
  readonly #cycles: SectionEntry[][] = [];
  #monitor: PoolMonitor | null = null;
  #sectionStart = -1;
  #sectionEnd = -1;
  #cycle: SectionEntry[] = [];
  #entry: SectionEntry | null = null;

  constructor(source: Source) {
    this.#source = source;
  }

  get empty(): boolean {
    return this.#monitors.length === 0 && this.#sectionStart === -1;
  }

  line(tag: string, start: number, at: number, end: number): void {
    if (tag.includes('LKDEADLOCK')) {
      this.#deadlockLine(tag, start, at, end);
      return;
    }
    if (tag === '3LKMONOBJECT') this.#object(at, end);
    else if (tag === '3LKWAITER') this.#waiter('waiting-to-lock', at, end);
    else if (tag === '3LKWAITNOTIFY') this.#waiter('waiting-on', at, end);
    else if (tag.startsWith('2LK') || tag.startsWith('1LK')) this.#monitor = null;
  }

  /** `C@0x…/0x…: Flat locked by "n" (J9VMThread:0x…), entry count 1`, `… : owner "n" (…)`, `…: <unowned>`. */
  #object(at: number, end: number): void {
    const lock = lockAt(this.#source.text, at, end);
    this.#monitor = null;
    if (lock === null) return;
    const owner = quoted(this.#source.text.slice(lock.end, end), /(?:locked by|owner) "/);
    this.#monitor = { lock, owner, ownerSpan: [at, end], waiters: [] };
    this.#monitors.push(this.#monitor);
  }

  #waiter(kind: LockActionKind, at: number, end: number): void {
    const name = /^"([\s\S]*)" \(/.exec(this.#source.text.slice(at, end));
    if (name !== null) this.#monitor?.waiters.push({ name: name[1] as string, kind, span: [at, end] });
  }

  #deadlockLine(tag: string, start: number, at: number, end: number): void {
    const { text } = this.#source;
    if (this.#sectionStart === -1) this.#sectionStart = start;
    this.#sectionEnd = end;
    if (tag === '2LKDEADLOCKTHR') {
      const name = quoted(text.slice(at, end), /"/);
      if (name === null) return;
      const before = this.#cycle.at(-1);
      if (before !== undefined && before.heldBy === null) before.heldBy = name;
      // The chain closes with the thread that it began with.
      if (this.#cycle.some((entry) => entry.thread === name)) {
        this.#endCycle();
        return;
      }
      this.#entry = { thread: name, lock: null, kind: 'monitor', heldBy: null, span: this.#source.span(start, end) };
      this.#cycle.push(this.#entry);
    } else if (tag === '4LKDEADLOCKOBJ' && this.#entry !== null) {
      this.#entry.lock = lockAt(text, at, end)?.ref ?? null;
    }
  }

  #endCycle(): void {
    const members = this.#cycle.map((entry) => entry.thread);
    // Older VMs walk the same circle again from its next member.
    const known = this.#cycles.some((cycle) => cycle.length === members.length && cycle.every((entry) => members.includes(entry.thread)));
    if (this.#cycle.length > 0 && !known) this.#cycles.push(this.#cycle);
    this.#cycle = [];
    this.#entry = null;
  }

  section(): DeadlockSection | null {
    this.#endCycle();
    if (this.#sectionStart === -1 || this.#cycles.length === 0) return null;
    return { span: this.#source.span(this.#sectionStart, this.#sectionEnd), cycles: this.#cycles };
  }

  /** Gives threads the locks that only the pool tells of. */
  complete(threads: readonly LazyThread[]): void {
    const byName = new Map<string, LazyThread>();
    for (const thread of threads) if (!byName.has(thread.name)) byName.set(thread.name, thread);
    for (const { lock, owner, ownerSpan, waiters } of this.#monitors) {
      for (const { name, kind, span } of waiters) {
        const thread = byName.get(name);
        if (thread === undefined || thread.locks.some((action) => action.kind !== 'locked')) continue;
        // Java 1.4 lists threads that are blocked at the entry of a flat lock as waiting to be notified.
        const inWait = thread.frames[0]?.method.startsWith('wait') ?? true;
        const ownerRef = owner === null ? null : { name: owner, id: null };
        thread.locks = [{ ...this.#action(inWait ? kind : 'waiting-to-lock', lock, span), owner: ownerRef }, ...thread.locks];
      }
      const holder = owner === null ? undefined : byName.get(owner);
      if (holder === undefined || holder.locks.some((action) => action.lock?.key === lock.ref.key)) continue;
      holder.locks = [...holder.locks, this.#action('locked', lock, ownerSpan)];
    }
  }

  #action(kind: LockActionKind, lock: JavacoreLock, [start, end]: [number, number]): LockAction {
    const inside = lock.start >= start && lock.end <= end;
    const lockSpan = inside ? this.#source.span(lock.start, lock.end) : this.#source.span(start, end);
    return { kind, lock: lock.ref, span: this.#source.span(start, end), lockSpan, owner: null };
  }
}
