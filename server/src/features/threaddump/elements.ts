import type { Span } from '../../../../common/span.ts';
import type { Deadlock } from '../../core/analysis/threaddump/deadlockModel.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../core/analysis/threaddump/model.ts';
import { type Lock, lockOf, type WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';
import { lockSpan } from '../../core/analysis/threaddump/waits/section.ts';
import type { Frame, LockAction, SectionEntry, Thread } from '../../core/threaddump/model.ts';
import type { Document } from '../types.ts';

export type DumpDocument = Document<ThreadDumpAnalysis>;

/** One dump of a document, with what the features look up again and again. */
export interface DumpLookup {
  index: number;
  analysed: AnalysedDump;
  graph: WaitGraph;
  /** The deadlock that a thread is a member of. */
  member: ReadonlyMap<number, Deadlock>;
  /** The deadlock that holds a thread up. */
  victim: ReadonlyMap<number, Deadlock>;
  /** Locks between the members of a cycle. */
  cycleLocks: ReadonlySet<Lock>;
}

/** What stands at an offset. */
export type DumpElement =
  | { kind: 'lock'; dump: DumpLookup; span: Span; lock: Lock; thread: Thread; action: LockAction | null }
  | { kind: 'thread'; dump: DumpLookup; span: Span; thread: Thread }
  | { kind: 'frame'; dump: DumpLookup; span: Span; thread: Thread; frame: Frame }
  /** Anywhere else in a thread's block. */
  | { kind: 'block'; dump: DumpLookup; span: Span; thread: Thread }
  | { kind: 'section-lock'; dump: DumpLookup; span: Span; lock: Lock; entry: SectionEntry }
  /** A thread named in the JVM's deadlock section. */
  | { kind: 'section-thread'; dump: DumpLookup; span: Span; threadIndex: number };

interface Block {
  dump: DumpLookup;
  thread: Thread;
}

/** All look-ups of one analysis, built once: by binary search, never by a walk over the dump. */
export class DumpElements {
  readonly dumps: readonly DumpLookup[];
  /** Sorted by start; a mounted virtual thread may stand inside its carrier's block. */
  readonly blocks: readonly Block[];

  constructor(analysis: ThreadDumpAnalysis) {
    this.dumps = analysis.dumps.map((analysed, index) => lookupOf(analysed, index));
    const blocks = this.dumps.flatMap((dump) => dump.analysed.dump.threads.map((thread) => ({ dump, thread })));
    this.blocks = blocks.sort((a, b) => a.thread.span.start - b.thread.span.start || b.thread.span.end - a.thread.span.end);
  }

  /** The innermost block around an offset. */
  block(offset: number): Block | null {
    // A block can only lie in the few before the last that starts ahead of the offset: blocks nest one deep.
    for (let index = this.#lastStarting(offset), tries = 0; index >= 0 && tries < 4; index--, tries++) {
      const block = this.blocks[index] as Block;
      if (offset <= block.thread.span.end) return block;
    }
    return null;
  }

  /** The blocks that a span touches. */
  *within(span: Span): Generator<Block> {
    const first = Math.max(0, this.#lastStarting(span.start) - 2);
    for (let index = first; index < this.blocks.length; index++) {
      const block = this.blocks[index] as Block;
      if (block.thread.span.start > span.end) return;
      if (block.thread.span.end >= span.start) yield block;
    }
  }

  at({ text }: DumpDocument, offset: number): DumpElement | null {
    return this.#inSection(text, offset) ?? this.#inBlock(offset);
  }

  #inBlock(offset: number): DumpElement | null {
    const block = this.block(offset);
    if (block === null) return null;
    const { dump, thread } = block;
    if (inside(thread.nameSpan, offset)) return { kind: 'thread', dump, span: thread.nameSpan, thread };
    for (const action of thread.locks) {
      if (!inside(action.span, offset)) continue;
      const lock = lockOf(dump.graph, action);
      if (lock !== undefined) return { kind: 'lock', dump, span: action.lockSpan, lock, thread, action };
    }
    for (const held of thread.synchronizers ?? []) {
      if (!inside(held.span, offset)) continue;
      const lock = dump.graph.locks.get(held.lock.key);
      if (lock !== undefined) return { kind: 'lock', dump, span: held.lockSpan, lock, thread, action: null };
    }
    for (const frame of thread.frames) if (inside(frame.span, offset)) return { kind: 'frame', dump, span: frame.span, thread, frame };
    const header = headerSpan(thread);
    return inside(header, offset) ? { kind: 'thread', dump, span: header, thread } : { kind: 'block', dump, span: thread.span, thread };
  }

  #inSection(text: string, offset: number): DumpElement | null {
    for (const dump of this.dumps) {
      const { section } = dump.analysed.dump;
      if (section === null || !inside(section.span, offset)) continue;
      for (const [index, entries] of section.cycles.entries()) {
        for (const entry of entries) if (inside(entry.span, offset)) return sectionElement(dump, text, index, entry, offset);
      }
    }
    return null;
  }

  #lastStarting(offset: number): number {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.blocks[middle] as Block).thread.span.start <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

const CACHE = new WeakMap<ThreadDumpAnalysis, DumpElements>();

export function elementsOf({ analysis }: DumpDocument): DumpElements {
  let elements = CACHE.get(analysis);
  if (elements === undefined) {
    elements = new DumpElements(analysis);
    CACHE.set(analysis, elements);
  }
  return elements;
}

function lookupOf(analysed: AnalysedDump, index: number): DumpLookup {
  const member = new Map<number, Deadlock>();
  const victim = new Map<number, Deadlock>();
  const cycleLocks = new Set<Lock>();
  for (const deadlock of analysed.deadlocks) {
    for (const threadIndex of deadlock.threads) member.set(threadIndex, deadlock);
    for (const threadIndex of deadlock.victims) victim.set(threadIndex, deadlock);
    for (const lock of deadlock.locks) cycleLocks.add(lock);
  }
  return { index, analysed, graph: analysed.waits, member, victim, cycleLocks };
}

/** Which of the names or the lock of an entry the offset is on; the entry's own thread where it is on none. */
function sectionElement(dump: DumpLookup, text: string, cycle: number, entry: SectionEntry, offset: number): DumpElement | null {
  const lock = entry.lock === null ? undefined : dump.graph.locks.get(entry.lock.key);
  if (lock !== undefined) {
    const span = lockSpan(entry, text);
    if (span !== entry.span && inside(span, offset)) return { kind: 'section-lock', dump, span, lock, entry };
  }
  const resolved = dump.graph.section[cycle];
  const known = resolved?.entries.indexOf(entry) ?? -1;
  const threadIndex = known === -1 ? threadNamed(dump, entry.thread) : (resolved?.members[known] ?? null);
  const slice = text.slice(entry.span.start, entry.span.end);
  if (entry.heldBy !== null) {
    const at = slice.lastIndexOf(entry.heldBy);
    const held = { start: entry.span.start + at, end: entry.span.start + at + entry.heldBy.length };
    const holder = known === -1 ? null : (resolved?.members[(known + 1) % resolved.members.length] ?? null);
    if (at !== -1 && inside(held, offset)) {
      const target = holder ?? threadNamed(dump, entry.heldBy);
      return target === null ? null : { kind: 'section-thread', dump, span: held, threadIndex: target };
    }
  }
  if (threadIndex === null) return null;
  const at = slice.indexOf(entry.thread);
  const span = at === -1 ? entry.span : { start: entry.span.start + at, end: entry.span.start + at + entry.thread.length };
  return { kind: 'section-thread', dump, span, threadIndex };
}

/** From the name to the first frame: attributes and state speak of the thread as a whole. */
function headerSpan({ nameSpan, frames }: Thread): Span {
  const first = frames[0];
  return first === undefined || first.span.start < nameSpan.end ? nameSpan : { start: nameSpan.start, end: first.span.start - 1 };
}

function threadNamed(dump: DumpLookup, name: string): number | null {
  const found = dump.graph.threads.find((one) => one.name === name);
  return found?.index ?? null;
}

function inside(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}
