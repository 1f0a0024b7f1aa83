import type { Source } from '../unwrap/source.ts';
import type { Header } from './header.ts';
import { stateOfWords } from './hotspot.ts';
import type { Dialect, LockAction, SectionEntry, ThreadDump } from './model.ts';
import { SectionReader } from './section.ts';
import { LazyThread } from './thread.ts';

/** One dump while its lines are read. */
export class DumpBuilder {
  readonly source: Source;
  readonly start: number;
  jvm: string | null;
  time: string | null;
  section: SectionReader | null = null;
  /** A tail line of the JVM was seen: JNI global references, deadlock section. */
  tail = false;
  end: number;
  /** It has the JVM's own title. */
  titled = false;
  /** Lines so far behind which the threads may be those of another process. */
  seams = 0;
  readonly #threads: LazyThread[] = [];
  readonly #fromSection: LazyThread[] = [];
  /** Names by id. */
  readonly #keys = new Map<string, string>();
  #stateLines = false;

  constructor(source: Source, start: number, end: number, jvm: string | null, time: string | null) {
    this.source = source;
    this.start = start;
    this.end = end;
    this.jvm = jvm;
    this.time = time;
  }

  get empty(): boolean {
    return this.#threads.length === 0 && this.#fromSection.length === 0 && this.section === null;
  }

  /** True when a thread with this name and id is there already: a new dump has begun without a title. */
  has(header: Header): boolean {
    const known = header.key === null ? undefined : this.#keys.get(header.key);
    return known !== undefined && known === this.source.text.slice(header.nameStart, header.nameEnd);
  }

  open(header: Header): LazyThread {
    const { source } = this;
    const thread = new LazyThread(header.dialect);
    thread.name = source.text.slice(header.nameStart, header.nameEnd);
    thread.nameSpan = source.span(header.nameStart, header.nameEnd);
    thread.id = header.id;
    thread.nid = header.nid;
    thread.daemon = header.daemon;
    thread.virtual = header.virtual;
    thread.cpuMs = header.cpuMs;
    thread.elapsedMs = header.elapsedMs;
    thread.state = header.state;
    thread.stateDetail = header.words;
    thread.seams = this.seams;
    if (header.key !== null) this.#keys.set(header.key, thread.name);
    if (header.state !== null) this.#stateLines = true;
    this.#threads.push(thread);
    return thread;
  }

  /** A stack of "Java stack information for the threads listed above", or of a flattened `"name": at …`. */
  openFromSection(nameStart: number, nameEnd: number): LazyThread {
    const thread = new LazyThread('hotspot-section');
    thread.name = this.source.text.slice(nameStart, nameEnd);
    thread.nameSpan = this.source.span(nameStart, nameEnd);
    thread.fromSection = true;
    this.#fromSection.push(thread);
    return thread;
  }

  startSection(start: number, end: number): SectionReader {
    this.section ??= new SectionReader(this.source, start, end);
    this.section.startCycle();
    this.tail = true;
    return this.section;
  }

  sawStateLine(): void {
    this.#stateLines = true;
  }

  /** `complete`: the text does not end within this dump. */
  build(complete: boolean): ThreadDump {
    this.section?.finish(this.end);
    const threads = this.#withSectionThreads();
    let synchronizers = false;
    let monitors = false;
    for (const [index, thread] of threads.entries()) {
      thread.index = index;
      if (thread.synchronizers !== null) synchronizers = true;
      if (thread.locks.length > 0) monitors = true;
      if (thread.state === null) this.#inferState(thread);
    }
    const dialect = this.#dialect(threads);
    return {
      dialect,
      jvm: this.jvm,
      time: this.time,
      span: this.source.span(this.start, this.end),
      threads,
      section: this.section?.section ?? null,
      shows: {
        monitors: monitors || (dialect !== 'jstack-f' && dialect !== 'hs-err'),
        synchronizers: synchronizers || dialect === 'threadinfo',
        states: threads.some((thread) => thread.state !== null),
        complete,
      },
    };
  }

  /** The section's stacks repeat threads of the list; only those that the list lacks are added, told by name. */
  #withSectionThreads(): LazyThread[] {
    if (this.#fromSection.length === 0 && this.section === null) return this.#threads;
    const names = new Set(this.#threads.map((thread) => thread.name));
    const added = this.#fromSection.filter((thread) => !names.has(thread.name));
    for (const thread of added) names.add(thread.name);
    for (const cycle of this.section?.section.cycles ?? []) {
      for (const entry of cycle) {
        if (names.has(entry.thread)) continue;
        names.add(entry.thread);
        added.push(sectionThread(entry));
      }
    }
    return [...this.#threads, ...added];
  }

  #dialect(threads: LazyThread[]): Dialect {
    return (this.#threads[0] ?? threads[0])?.dialect ?? (this.section === null ? 'hotspot' : 'hotspot-section');
  }

  #inferState(thread: LazyThread): void {
    const wait = waitOf(thread.locks);
    if (wait !== null) {
      thread.state = wait.kind === 'waiting-to-lock' || wait.kind === 'relocking' ? 'BLOCKED' : 'WAITING';
    } else if (!this.#stateLines && thread.stateDetail !== null && thread.dialect !== 'hs-err' && thread.dialect !== 'jstack-f') {
      thread.state = stateOfWords(thread.stateDetail);
    }
    thread.stateInferred = thread.state !== null;
  }
}

function waitOf(locks: readonly LockAction[]): LockAction | null {
  for (const action of locks) {
    if (action.kind !== 'locked' && action.kind !== 'eliminated' && action.kind !== 'class-init') return action;
  }
  return null;
}

/** A thread that is known from its entry in the section alone. */
function sectionThread(entry: SectionEntry): LazyThread {
  const thread = new LazyThread('hotspot-section');
  thread.name = entry.thread;
  thread.span = { ...entry.span };
  thread.nameSpan = { start: entry.span.start + 1, end: entry.span.start + 1 + entry.thread.length };
  thread.fromSection = true;
  thread.framesCut = true;
  if (entry.lock !== null && entry.kind !== 'raw-monitor') {
    const owner = entry.heldBy === null ? null : { name: entry.heldBy, id: null };
    const kind = entry.kind === 'ownable' ? 'parking' : 'waiting-to-lock';
    thread.locks = [{ kind, lock: entry.lock, span: { ...entry.span }, lockSpan: { ...entry.span }, owner }];
  }
  return thread;
}
