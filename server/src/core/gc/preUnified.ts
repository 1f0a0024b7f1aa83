import { ascii, type Bytes, isDigit, isNumeric, numberIn, numberStart, sizeAt, sizeEnding, startsAt, textOf } from './bytes.ts';
import { Draft } from './draft.ts';
import { Entry } from './entry.ts';
import { headerOf } from './header.ts';
import type { Collector, TroubleKind } from './model.ts';
import type { GcName } from './names.ts';
import { contains, FULL, GC, holdsEntry, isLetter, isOld, isYoung, nameEndOf, wordAfterTimes } from './preUnifiedLine.ts';
import type { GcRecorder } from './recorder.ts';
import { Stamps } from './stamps.ts';

const OPEN = 0x5b;
const CLOSE = 0x5d;
const SPACE = 0x20;
const ARROW = 0x3e;
const PARENTHESIS = 0x28;
const COMMA = 0x2c;
const MAX_DEPTH = 40;
const COVER = 64;

/** Characters at which something begins or ends. */
const STOPS = new Uint8Array(256);
for (const stop of [OPEN, CLOSE, ARROW, PARENTHESIS, COMMA]) STOPS[stop] = 1;

const PAUSE = ascii('Pause ');
const CONCURRENT = ascii('GC concurrent-');
const ABORT = ascii('mark-abort');
const REFERENCES = ascii('GC ref-proc');
const TIMES = ascii('Times: ');
const HEAP = ascii('Heap: ');
const SECS = ascii(' secs');
const MS = ascii(' ms');
const STOPPED = ascii('Total time for which application threads were stopped: ');
const APPLICATION = ascii('Application time: ');
const REMARK = ascii('(CMS Final Remark');

/** Entries within a collection that tell the collector. */
const PARTS: [Bytes, Collector][] = [
  [ascii('PSYoungGen'), 'Parallel'],
  [ascii('ParNew'), 'ParNew'],
  [ascii('DefNew'), 'Serial'],
  [ascii('CMS'), 'CMS'],
];
const INITIAL_MARK = ascii('1 CMS-initial-mark');
const CMS_REMARK = ascii('1 CMS-remark');
const OCCUPANCY = ascii('YG occupancy');

const TROUBLES: [Bytes, TroubleKind, string][] = [
  [ascii('(promotion failed'), 'promotion-failed', 'promotion failed'],
  [ascii('(concurrent mode failure'), 'concurrent-mode-failure', 'concurrent mode failure'],
  [ascii('(concurrent mode interrupted'), 'concurrent-mode-failure', 'concurrent mode interrupted'],
  [ascii('(to-space '), 'to-space-exhausted', 'to-space exhausted'],
];

/**
 * Reads lines of Java 8 and earlier (-XX:+PrintGC, PrintGCDetails and the like). An entry is what stands between brackets,
 * over as many lines as other options and other threads put into it; only what stands directly in it, not in the
 * entries within it, tells its sizes and its time.
 */
export class PreUnifiedReader {
  readonly #recorder: GcRecorder;
  readonly #stamps = new Stamps();
  readonly #stack = Array.from({ length: MAX_DEPTH }, () => new Entry());
  #depth = 0;
  /** The last collection, until the next one: the heap of G1 is told after it is closed. */
  readonly #last = new Draft();
  #pending = false;
  #lines = 0;
  #spanStart = 0;
  #spanEnd = 0;

  readonly #finalRemark: GcName;
  readonly #initialMark: GcName;

  constructor(recorder: GcRecorder) {
    this.#recorder = recorder;
    this.#finalRemark = recorder.names.ofText('GC (CMS Final Remark)');
    this.#initialMark = recorder.names.ofText('GC (CMS Initial Mark)');
  }

  line(bytes: Bytes, start: number, end: number, spanStart: number, spanEnd: number): void {
    this.#spanStart = spanStart;
    this.#spanEnd = spanEnd;
    const first = bytes[start];
    if (first === SPACE && bytes[start + 1] === SPACE && bytes[start + 2] === SPACE && bytes[start + 3] === OPEN) {
      // Details of G1, dozens for each collection: only the heap tells something.
      const second = bytes[start + 4];
      if (this.#pending && (second === 0x45 || second === SPACE)) this.#g1Heap(bytes, start + 4, end);
    } else if (this.#depth > 0 || first === OPEN || first === SPACE) this.#scan(bytes, start, end);
    else if (isDigit(first)) {
      const at = wordAfterTimes(bytes, start, end);
      if (bytes[at] === 0x41 || bytes[at] === 0x54) this.#plain(bytes, start, at);
      else this.#scan(bytes, start, end);
    } else if (first === 0x43 || first === 0x4a || first === 0x4f) this.#header(bytes, start, end);
    else if (holdsEntry(bytes, start, end)) this.#scan(bytes, start, end);
  }

  #header(bytes: Bytes, start: number, end: number): void {
    const header = headerOf(textOf(bytes, start, end));
    const { log } = this.#recorder;
    log.jvm = header.jvm ?? log.jvm;
    log.collector = header.collector ?? log.collector;
  }

  #scan(bytes: Bytes, start: number, end: number): void {
    let from = start;
    for (let at = start; at < end; at++) {
      const code = bytes[at] as number;
      if (STOPS[code] === 0) continue;
      if (code === OPEN) {
        // "[0x00000006a0000000, …)" is the place of a generation and has no end of its own.
        if (bytes[at + 1] === 0x30 && bytes[at + 2] === 0x78) continue;
        if (this.#opened(bytes, start, from, at, end)) from = at + 1;
      } else if (this.#depth === 0) continue;
      else if (code === CLOSE) {
        this.#ended(bytes, from, at);
        this.#pop();
        from = at + 1;
      } else this.#inside(bytes, start, at, code);
    }
    if (this.#depth > 0) this.#ended(bytes, from, end);
  }

  /** An entry begins. False when it is none of a collection's and is left alone. */
  #opened(bytes: Bytes, start: number, from: number, at: number, end: number): boolean {
    const event = this.#event(bytes, start, from, at);
    if (this.#depth === 0 && !event) return false;
    const parent = this.#depth > 0 ? (this.#stack[this.#depth - 1] as Entry) : null;
    // The CPU times of a collection stand behind it: its own bracket was lost, unless they are those of one within it.
    if (parent?.event === true && !parent.hadEvent && startsAt(bytes, at + 1, TIMES)) {
      this.#ended(bytes, from, at);
      this.#pop();
      return this.#depth > 0;
    }
    if (parent?.event === true && !event) this.#part(bytes, at + 1, parent);
    if (this.#depth === MAX_DEPTH) return true;
    const entry = (this.#stack[this.#depth++] as Entry).open(this.#spanStart, this.#spanEnd);
    if (!event) {
      entry.young = isYoung(bytes, at + 1);
      entry.old = isOld(bytes, at + 1);
      return true;
    }
    entry.event = true;
    entry.full = bytes[at + 1] === 0x46;
    const { draft } = entry;
    draft.wall = this.#stamps.wall;
    draft.uptime = this.#stamps.uptime;
    draft.timedAtEnd = bytes[at + 1] === 0x50;
    const nameEnd = nameEndOf(bytes, at + 1, end);
    draft.name = this.#recorder.names.of(bytes, at + 1, nameEnd);
    entry.remark = contains(bytes, at, nameEnd, REMARK);
    return true;
  }

  /** Does a collection begin here? */
  #event(bytes: Bytes, start: number, from: number, at: number): boolean {
    const first = bytes[at + 1];
    if (first !== 0x47 && first !== 0x46 && first !== 0x50) return false;
    const shenandoah = first === 0x50;
    if (shenandoah ? !startsAt(bytes, at + 1, PAUSE) : !(startsAt(bytes, at + 1, FULL) || (startsAt(bytes, at + 1, GC) && !isLetter(bytes[at + 3]))))
      return false;
    const timed = this.#stamps.readBefore(bytes, from, at);
    if (!timed && (at !== start || this.#depth > 0)) return false;
    // A part of a remark of G1.
    if (startsAt(bytes, at + 1, REFERENCES)) return false;
    const { log } = this.#recorder;
    log.dialect = 'pre-unified';
    const concurrent = startsAt(bytes, at + 1, CONCURRENT);
    if (!concurrent && !shenandoah) this.#giveUp();
    if (timed) {
      this.#recorder.seen(this.#stamps.wall, this.#stamps.uptime);
      if (!Number.isNaN(this.#stamps.zoneMinutes)) log.zoneMinutes = this.#stamps.zoneMinutes;
    }
    if (!shenandoah) this.#recorder.collection();
    // A line that another thread puts in between.
    if (concurrent) log.collector ??= 'G1';
    if (concurrent && startsAt(bytes, at + 1 + CONCURRENT.length, ABORT))
      this.#recorder.trouble('concurrent-mode-failure', 'concurrent-mark-abort', this.#spanStart, this.#spanEnd);
    return !concurrent;
  }

  /** What a collection consists of. */
  #part(bytes: Bytes, at: number, event: Entry): void {
    const first = bytes[at];
    if (first === 0x50 || first === 0x44 || first === 0x43) {
      for (const [words, collector] of PARTS) if (startsAt(bytes, at, words) && event.collector !== 'CMS') event.collector = collector;
    } else if (first === 0x59) event.remark ||= startsAt(bytes, at, OCCUPANCY);
    if (first !== 0x31) return;
    event.remark ||= startsAt(bytes, at, CMS_REMARK);
    event.initialMark = startsAt(bytes, at, INITIAL_MARK);
    event.collector = 'CMS';
  }

  /** A character within the entry at hand that may belong to something known. */
  #inside(bytes: Bytes, start: number, at: number, code: number): void {
    const entry = this.#stack[this.#depth - 1] as Entry;
    const { draft } = entry;
    if (code === ARROW) {
      if (bytes[at - 1] !== 0x2d) return;
      const before = sizeEnding(bytes, at - 2, start);
      const after = sizeAt(bytes, at + 1);
      if (Number.isNaN(before) || Number.isNaN(after)) return;
      draft.before = before;
      draft.after = after;
      let open = at + 1;
      while (isNumeric(bytes[open])) open++;
      draft.capacity = bytes[open + 1] === PARENTHESIS ? sizeAt(bytes, open + 2) : Number.NaN;
    } else if (code === PARENTHESIS) {
      const second = bytes[at + 1];
      if (second === 0x70 || second === 0x63 || second === 0x74) this.#trouble(bytes, at);
      else if (isDigit(second) && Number.isNaN(draft.after) && bytes[numberStart(bytes, at - 1, start) - 1] === SPACE) {
        // CMS prints the heap at its pauses, which free nothing: " 18533K(31680K), 0.0010369 secs".
        draft.after = sizeEnding(bytes, at - 1, start);
        draft.before = draft.after;
        draft.capacity = sizeAt(bytes, at + 1);
        entry.unchanged = true;
      }
    }
  }

  #trouble(bytes: Bytes, at: number): void {
    const found = TROUBLES.find(([words]) => startsAt(bytes, at, words));
    // What the name of the collection says is told with it.
    const event = this.#outermost();
    if (found === undefined || event === null || (found[1] === 'to-space-exhausted' && event.draft.name?.trouble === found[1])) return;
    this.#recorder.trouble(found[1], found[2], event.draft.start, event.draft.end);
  }

  #outermost(): Entry | null {
    for (let index = 0; index < this.#depth; index++) if ((this.#stack[index] as Entry).event) return this.#stack[index] as Entry;
    return null;
  }

  /** A stretch of the entry's own text ends: its duration stands there, if anywhere. */
  #ended(bytes: Bytes, from: number, to: number): void {
    let stop = to;
    while (stop > from && (bytes[stop - 1] as number) <= SPACE) stop--;
    const seconds = bytes[stop - 1] === 0x73 && startsAt(bytes, stop - SECS.length, SECS);
    if (!seconds && !(bytes[stop - 1] === 0x73 && startsAt(bytes, stop - MS.length, MS))) return;
    const end = stop - (seconds ? SECS.length : MS.length);
    const start = numberStart(bytes, end, from);
    if (start === end || !isDigit(bytes[start])) return;
    (this.#stack[this.#depth - 1] as Entry).draft.durationMs = seconds
      ? Math.round(numberIn(bytes, start, end) * 1e7) / 1e4
      : numberIn(bytes, start, end);
  }

  #pop(): void {
    const entry = this.#stack[--this.#depth] as Entry;
    const parent = this.#depth > 0 ? (this.#stack[this.#depth - 1] as Entry) : null;
    if (parent !== null) parent.hadEvent = entry.event;
    if (entry.event) {
      this.#close(entry);
      return;
    }
    if (parent === null) return;
    const { before, after, capacity } = entry.draft;
    if (entry.young) parent.grown = after - before;
    else if (entry.old) parent.draft.old(before, after, capacity);
  }

  #close({ draft, full, remark, initialMark, collector, grown, unchanged }: Entry): void {
    // Shenandoah tells beginnings as well.
    if (draft.timedAtEnd && Number.isNaN(draft.durationMs)) return;
    this.#flush();
    const { log, totals } = this.#recorder;
    draft.end = Math.max(draft.end, this.#spanEnd);
    // Java 7 and earlier name the pauses of CMS only by their parts.
    if (draft.name?.text === 'GC' && (remark || initialMark)) draft.name = remark ? this.#finalRemark : this.#initialMark;
    if (!Number.isNaN(grown) && !full) totals.promoted(draft.after - draft.before - grown);
    const name = draft.name as GcName;
    const told = collector ?? name.collector ?? (unchanged ? 'CMS' : null);
    if (told !== null && !(told === 'ParNew' && log.collector === 'CMS')) log.collector = told;
    if (draft.timedAtEnd && /^Pause (?:Init Mark|Full|Degenerated)/.test(name.text)) this.#recorder.collection();
    if (name.trouble !== null) this.#recorder.trouble(name.trouble, name.text, draft.start, draft.end);
    Object.assign(this.#last, draft);
    this.#pending = true;
  }

  #flush(): void {
    if (this.#pending) this.#recorder.event(this.#last);
    this.#pending = false;
  }

  /** "[Eden: 15.0M(15.0M)->0.0B(10.0M) … Heap: 71.1M(96.0M)->71.2M(103.0M)]", before Java 7 only "[  4096K->3936K(16M)]". */
  #g1Heap(bytes: Bytes, start: number, end: number): void {
    let at = start;
    if (bytes[start] === 0x45) {
      while (at < end && !(bytes[at] === 0x48 && startsAt(bytes, at, HEAP))) at++;
      at += HEAP.length;
    } else while (at < end && bytes[at] === SPACE) at++;
    const before = sizeAt(bytes, at);
    let arrow = at;
    while (arrow < end && bytes[arrow] !== ARROW) arrow++;
    const after = sizeAt(bytes, arrow + 1);
    if (arrow >= end || Number.isNaN(before) || Number.isNaN(after)) return;
    while (arrow < end && bytes[arrow] !== PARENTHESIS) arrow++;
    this.#last.before = before;
    this.#last.after = after;
    this.#last.capacity = sizeAt(bytes, arrow + 1);
    this.#last.end = this.#spanEnd;
  }

  /** A collection begins although one is open: that one was cut off, unless it is a remark with a young collection in it. */
  #giveUp(): void {
    const entry = this.#outermost();
    if (entry === null) {
      this.#depth = 0;
      return;
    }
    const alone = this.#stack.filter((one, index) => index < this.#depth && one.event).length === 1;
    if (entry.remark && alone) return;
    this.#depth = 0;
    // Printed twice, the first time in part.
    if (entry.draft.uptime === this.#stamps.uptime && Number.isNaN(entry.draft.durationMs)) this.#recorder.log.collections--;
    else this.#close(entry);
  }

  /** Lines without entries: how long the threads were stopped. */
  #plain(bytes: Bytes, start: number, at: number): void {
    const stop = startsAt(bytes, at, STOPPED);
    if (!stop && !startsAt(bytes, at, APPLICATION)) return;
    // A stop of less than a second begins with "0".
    const number = at + STOPPED.length;
    const long = stop && isDigit(bytes[number]) && bytes[number] !== 0x30;
    if (!long && ++this.#lines % COVER !== 0) return;
    const stamps = this.#stamps;
    if (!stamps.readBefore(bytes, start, at)) return;
    this.#recorder.log.dialect = 'pre-unified';
    this.#recorder.seen(stamps.wall, stamps.uptime);
    if (!long) return;
    this.#flush();
    const draft = this.#last.clear('safepoint', this.#spanStart, this.#spanEnd);
    draft.wall = stamps.wall;
    draft.uptime = stamps.uptime;
    draft.name = this.#recorder.names.ofText('Safepoint');
    let last = number;
    while (isNumeric(bytes[last])) last++;
    draft.durationMs = numberIn(bytes, number, last) * 1000;
    this.#recorder.stopped(draft);
  }

  finish(): void {
    this.#flush();
    const entry = this.#outermost();
    if (entry !== null) this.#recorder.log.unfinished = entry.draft.event();
  }
}
