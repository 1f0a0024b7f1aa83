import { table } from '../../../../common/table.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Source } from '../unwrap/source.ts';
import { type JavacoreLock, JavacoreLocks, lockAt } from './javacoreLocks.ts';
import type { DeadlockSection, LockAction, LockActionKind, OwnerRef, TextDumps, ThreadDump, ThreadState } from './model.ts';
import { quoted } from './quoted.ts';
import { LazyThread } from './thread.ts';

/** Every line of a javacore begins with a tag; sections are told by tags alone, their titles vary by release. */
const TAG = /^(NULL|\d[A-Z][A-Z0-9]+)\b[ \t]*/;

export function isJavacore(sample: string): boolean {
  return /^(?:0SECTION|[13]XM(?:THREADINFO|THDINFO))\b/m.test(sample);
}

/** Reads IBM and OpenJ9 javacores, one dump for each TITLE section. */
export async function readJavacore(source: Source, checkpoint: Checkpoint): Promise<TextDumps> {
  const { text } = source;
  const dumps: ThreadDump[] = [];
  let reader = new JavacoreReader(source, 0);
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const tag = TAG.exec(text.slice(start, Math.min(end, start + 40)));
    if (tag !== null) {
      if (tag[1] === '0SECTION' && text.startsWith('TITLE', start + tag[0].length) && !reader.empty) {
        dumps.push(reader.finish(start));
        reader = new JavacoreReader(source, start);
      }
      reader.line(tag[1] as string, start, start + tag[0].length, trimmedEnd(text, start, end));
    }
    start = end + 1;
    if (checkpoint.due()) await checkpoint.pause();
  }
  if (!reader.empty) dumps.push(reader.finish(text.length));
  return { dumps, problems: [] };
}

/** `state:` of the VM; a Java state where the thread's own line is missing. */
const STATES = table<ThreadState>({
  R: 'RUNNABLE',
  CW: 'WAITING',
  MW: 'BLOCKED',
  B: 'BLOCKED',
  P: 'WAITING',
  Z: 'TERMINATED',
});

class JavacoreReader {
  readonly #source: Source;
  readonly #text: string;
  readonly #start: number;
  readonly #threads: LazyThread[] = [];
  readonly #keys = new Set<string>();
  readonly #monitors: JavacoreLocks;
  #jvm: string | null = null;
  #time: string | null = null;

  #thread: LazyThread | null = null;
  #blockStart = 0;
  #bodyStart = 0;
  #lastEnd = 0;

  constructor(source: Source, start: number) {
    this.#source = source;
    this.#text = source.text;
    this.#start = start;
    this.#monitors = new JavacoreLocks(source);
  }

  get empty(): boolean {
    return this.#threads.length === 0 && this.#monitors.empty;
  }

  line(tag: string, start: number, at: number, end: number): void {
    const text = this.#text;
    switch (tag) {
      case '1TIDATETIME':
        this.#time ??= text.slice(at, end).replace(/^Date:\s*/, '');
        return;
      case '1CIJAVAVERSION':
        this.#jvm ??= text.slice(at, end);
        return;
      case '3XMTHREADINFO':
        this.#open(start, at, end);
        return;
    }
    if (tag.startsWith('1LK') || tag.startsWith('2LK') || tag.startsWith('3LK') || tag.startsWith('4LK')) {
      this.#monitors.line(tag, start, at, end);
      return;
    }
    const thread = this.#thread;
    if (thread === null || tag === 'NULL') return;
    if (tag.startsWith('1XM') || tag.startsWith('0')) {
      this.#close();
      return;
    }
    this.#lastEnd = end;
    if (tag === '3XMJAVALTHREAD') this.#javaThread(thread, at, end);
    else if (tag === '3XMTHREADINFO1') thread.nid = /native thread ID:(0x[\da-fA-F]+)/.exec(text.slice(at, end))?.[1] ?? thread.nid;
    else if (tag === '3XMCPUTIME') thread.cpuMs = cpuTime(text.slice(at, end));
    else if (tag === '3XMTHREADBLOCK') this.#block(thread, at, end);
    else if (tag === '5XESTACKTRACE') this.#entered(thread, at, end);
    else if (tag === '3XMTHREADINFO3') {
      const state = /Thread\.State: ([A-Z_]+)/.exec(text.slice(at, end));
      if (state !== null) {
        thread.state = state[1] as ThreadState;
        thread.stateInferred = false;
      }
    }
  }

  /** `"name" J9VMThread:0x…, omrthread_t:0x…, java/lang/Thread:0x…, state:CW, prio=5`; before Java 5 `"name" (TID:0x…, …)`. */
  #open(start: number, at: number, end: number): void {
    this.#close();
    const line = this.#text.slice(at, end);
    const match = /^"([\s\S]*)"[\s(]+(?:J9VMThread|TID):\s*(0x[\da-fA-F]+)/.exec(line);
    // "Anonymous native thread" is none of Java's.
    if (match === null) return;
    const [, name = '', key = ''] = match;
    // The current thread is printed once more in the list of all.
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    const thread = new LazyThread('javacore');
    thread.name = name;
    thread.nameSpan = this.#source.span(at + 1, at + 1 + name.length);
    thread.nid = /native ID:(0x[\da-fA-F]+)/.exec(line)?.[1] ?? null;
    const state = /state:\s*([A-Z]+)/.exec(line)?.[1];
    if (state !== undefined) {
      thread.state = STATES[state] ?? null;
      thread.stateDetail = `VM state ${state}`;
      thread.stateInferred = thread.state !== null;
    }
    thread.index = this.#threads.length;
    this.#threads.push(thread);
    this.#thread = thread;
    this.#blockStart = start;
    this.#bodyStart = end + 1;
    this.#lastEnd = end;
  }

  #close(): void {
    const thread = this.#thread;
    this.#thread = null;
    if (thread === null) return;
    const source = this.#source;
    const start = this.#bodyStart;
    const end = this.#lastEnd;
    thread.span = source.span(this.#blockStart, end);
    if (start < end) thread.framesIn(source, start, end);
  }

  #javaThread(thread: LazyThread, at: number, end: number): void {
    const line = this.#text.slice(at, end);
    const id = /getId:(0x[\da-fA-F]+)/.exec(line);
    if (id !== null) thread.id = Number(id[1]);
    thread.daemon = line.includes('isDaemon:true');
  }

  /** `Blocked on: C@0x… Owned by: "n" (J9VMThread:0x…, …)`; the owner of a wait may be `<unowned>` or `<unknown>`. */
  #block(thread: LazyThread, at: number, end: number): void {
    const match = /^(Blocked|Waiting|Parked) on:\s*/.exec(this.#text.slice(at, end));
    if (match === null) return;
    const lock = lockAt(this.#text, at + match[0].length, end);
    if (lock === null) return;
    const kinds: Record<string, LockActionKind> = { Blocked: 'waiting-to-lock', Waiting: 'waiting-on', Parked: 'parking' };
    const owner = quoted(this.#text.slice(lock.end, end), /Owned by: "/);
    const ownerRef: OwnerRef | null = owner === null ? null : { name: owner, id: null };
    thread.locks = [...thread.locks, this.#action(kinds[match[1] as string] as LockActionKind, lock, at, end, ownerRef)];
  }

  /** `(entered lock: C@0x…, entry count: 1)` */
  #entered(thread: LazyThread, at: number, end: number): void {
    const match = /^\(entered lock:\s*/.exec(this.#text.slice(at, end));
    if (match === null) return;
    const lock = lockAt(this.#text, at + match[0].length, end);
    if (lock !== null) thread.locks = [...thread.locks, this.#action('locked', lock, at, end, null)];
  }

  #action(kind: LockActionKind, lock: JavacoreLock, at: number, end: number, owner: OwnerRef | null): LockAction {
    return { kind, lock: lock.ref, span: this.#source.span(at, end), lockSpan: this.#source.span(lock.start, lock.end), owner };
  }

  finish(end: number): ThreadDump {
    this.#close();
    const section: DeadlockSection | null = this.#monitors.section();
    this.#monitors.complete(this.#threads);
    return {
      dialect: 'javacore',
      jvm: this.#jvm,
      time: this.#time,
      span: this.#source.span(this.#start, end),
      threads: this.#threads,
      section,
      shows: { monitors: true, synchronizers: false, states: true, complete: true },
    };
  }
}

function cpuTime(line: string): number | null {
  const match = /total: ([\d.,]+) secs/.exec(line);
  return match === null ? null : Math.round(Number.parseFloat((match[1] as string).replace(',', '.')) * 1000);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && text.charCodeAt(at - 1) <= 32) at--;
  return at;
}
