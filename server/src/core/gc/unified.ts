import { ascii, type Bytes, isDigit, isNumeric, numberIn, numberStart, sizeAt, sizeEnding, startsAt, textOf } from './bytes.ts';
import { Draft } from './draft.ts';
import { GcIds } from './ids.ts';
import type { Collector, TroubleKind } from './model.ts';
import type { GcRecorder } from './recorder.ts';
import { Stamps } from './stamps.ts';
import { contentStart, durationStart, sizesBefore, wholeAt, withoutTimes } from './unifiedLine.ts';

const CLOSE = 0x5d;
const SPACE = 0x20;
const COLON = 0x3a;
/** A stop of all threads that is worth a word although no collection caused it. */
const LONG_STOP_MS = 1000;
/** Of lines that only show what the log covers, one in so many is looked at. */
const COVER = 64;

const CYCLE = /^(?:Garbage|Minor|Major) Collection \(.*\) \d+[BKMGT]\(\d+%\)->\d+[BKMGT]\((\d+)%\)(?: \d+[.,]\d+m?s)?$/;
const STALL = /^((?:Allocation|Relocation) Stall \(.*\)) (\d+[.,]\d+)ms$/;
const SAFEPOINT = /^Safepoint "([^"]{1,80})",.* Total: *(\d+) ns/;

const COLLECTORS: [Bytes, Collector][] = [
  [ascii('Using G1'), 'G1'],
  [ascii('Using Parallel'), 'Parallel'],
  [ascii('Using Serial'), 'Serial'],
  [ascii('Using Concurrent Mark Sweep'), 'CMS'],
  [ascii('Using The Z'), 'ZGC'],
  [ascii('Initializing The Z'), 'ZGC'],
  [ascii('Using Shenandoah'), 'Shenandoah'],
  [ascii('Using Epsilon'), 'Epsilon'],
];
/** How the old generation is called, and by which collector. */
const OLD_GENERATIONS: [Bytes, Collector][] = [
  [ascii('Old regions: '), 'G1'],
  [ascii('ParOldGen: '), 'Parallel'],
  [ascii('Tenured: '), 'Serial'],
  [ascii('CMS: '), 'CMS'],
];
const TROUBLES: [Bytes, TroubleKind][] = [
  [ascii('To-space exhausted'), 'to-space-exhausted'],
  [ascii('Concurrent Mode Failure'), 'concurrent-mode-failure'],
  [ascii('Concurrent Mark Abort'), 'concurrent-mode-failure'],
  [ascii('Promotion failed'), 'promotion-failed'],
];
const PAUSE = ascii('Pause ');
const STALL_WORD = ascii(' Stall (');
const CLEANUP = ascii('Concurrent cleanup ');
const ALLOCATED = ascii('Allocated: ');
const VERSION = ascii('Version: ');
const STOPPED = ascii('Total time for which application threads were stopped: ');
const SAFEPOINT_WORD = ascii('Safepoint "');
const TRIGGER = ascii('Trigger: ');
const EXPLICIT = ascii('(System.gc())');
const OUT_OF_MEMORY = ascii('Out Of Memory');
const REGION_SIZE = [ascii('Heap Region Size: '), ascii('Heap region size: ')];

/** Reads lines of Java 9 and later (-Xlog:gc*), whatever their decorations. */
export class UnifiedReader {
  readonly #recorder: GcRecorder;
  readonly #stamps = new Stamps();
  readonly #ids = new GcIds();
  readonly #draft = new Draft();
  #lastId = -1;
  /** Length of the decorations, as last seen. */
  #decorated = 2;
  /** A pause that has begun: only one can at a time. */
  readonly #begun = new Draft();
  #beginning = false;
  /** The id for which a kind of trouble was told last: some are printed twice. */
  readonly #told = new Map<TroubleKind, number>();
  #regionSize = Number.NaN;
  /** Growth of the old generation in a collection, which its last line tells to be a young one or not. */
  #grownId = -1;
  #grown = 0;
  #oldBefore = Number.NaN;
  #oldAfter = Number.NaN;
  #oldCapacity = Number.NaN;
  #lines = 0;
  /** The line at hand. */
  #start = 0;
  #stop = 0;
  #timed = false;
  #spanStart = 0;
  #spanEnd = 0;

  constructor(recorder: GcRecorder) {
    this.#recorder = recorder;
  }

  /** Reads a line, whose place in the file is given; false when it is none of unified logging. */
  line(bytes: Bytes, start: number, end: number, spanStart: number, spanEnd: number): boolean {
    const content = this.#content(bytes, start, end);
    if (content === -1) return false;
    let stop = end;
    while (stop > content && (bytes[stop - 1] as number) <= SPACE) stop--;
    this.#start = start;
    this.#stop = stop;
    this.#timed = false;
    this.#spanStart = spanStart;
    this.#spanEnd = spanEnd - (end - stop);
    if (bytes[content] !== 0x47 || bytes[content + 1] !== 0x43 || bytes[content + 2] !== 0x28) return this.#general(bytes, content);
    let id = 0;
    let at = content + 3;
    for (let code = bytes[at]; isDigit(code); code = bytes[++at]) id = id * 10 + (code as number) - 0x30;
    if (bytes[at] !== 0x29 || at > stop) return false;
    at++;
    while (at < stop && bytes[at] === SPACE) at++;
    // Times are read where they matter, and now and then so that it is known what the log covers.
    if (id !== this.#lastId) {
      this.#time(bytes);
      if (this.#ids.isNew(id)) this.#recorder.collection();
      this.#lastId = id;
    } else if (++this.#lines % COVER === 0) this.#time(bytes);
    this.#collection(bytes, at, id);
    return true;
  }

  /** Where the content begins. Decorations are mostly as long as in the line before. */
  #content(bytes: Bytes, start: number, end: number): number {
    const guess = start + this.#decorated;
    if (
      guess < end &&
      bytes[guess] === 0x47 &&
      bytes[guess + 1] === 0x43 &&
      bytes[guess + 2] === 0x28 &&
      bytes[guess - 1] === SPACE &&
      bytes[guess - 2] === CLOSE
    )
      return guess;
    const content = contentStart(bytes, start, end);
    if (content > start) this.#decorated = content - start;
    return content;
  }

  /** Gives the times of the line to the recorder; another JVM counts its collections from zero. */
  #time(bytes: Bytes): void {
    if (this.#timed) return;
    this.#timed = true;
    const stamps = this.#stamps;
    stamps.readDecorations(bytes, this.#start, this.#stop);
    if (!Number.isNaN(stamps.zoneMinutes)) this.#recorder.log.zoneMinutes = stamps.zoneMinutes;
    if ((!Number.isNaN(stamps.wall) || !Number.isNaN(stamps.uptime)) && this.#recorder.seen(stamps.wall, stamps.uptime)) this.#forget();
  }

  #forget(): void {
    this.#ids.reset();
    this.#lastId = -1;
    this.#beginning = false;
    this.#told.clear();
    this.#grownId = -1;
  }

  /** Lines without a GC id: which collector, which JVM, stalls, stops. */
  #general(bytes: Bytes, at: number): boolean {
    const { log } = this.#recorder;
    switch (bytes[at]) {
      case 0x55: // Using …
      case 0x49: {
        // Initializing …
        const found = COLLECTORS.find(([words]) => startsAt(bytes, at, words));
        if (found === undefined) break;
        this.#stamps.readDecorations(bytes, this.#start, this.#stop);
        if (this.#recorder.announced(this.#stamps.wall, this.#stamps.uptime)) this.#forget();
        else this.#time(bytes);
        log.collector = found[1];
        return true;
      }
      case 0x56: // Version: …
        if (startsAt(bytes, at, VERSION)) log.jvm = textOf(bytes, at + VERSION.length, this.#stop).replace(/ \(release\)$/, '');
        break;
      case 0x41: // Allocation Stall …
      case 0x52: // Relocation Stall …
        if (startsAt(bytes, at + 10, STALL_WORD)) this.#stall(bytes, at);
        break;
      case 0x48: // Heap Region Size: 1M
        for (const words of REGION_SIZE) if (startsAt(bytes, at, words)) this.#regionSize = sizeAt(bytes, at + words.length);
        break;
      case 0x54: // Total time for which application threads were stopped, Trigger: …
        if (bytes[at + 1] === 0x72) this.#trigger(bytes, at);
        else if (startsAt(bytes, at, STOPPED)) this.#stopped(bytes, at + STOPPED.length);
        break;
      case 0x53: // Safepoint "…"
        if (startsAt(bytes, at, SAFEPOINT_WORD)) this.#safepoint(bytes, at);
        break;
      case 0x4f: // Out Of Memory (thread)
        if (startsAt(bytes, at, OUT_OF_MEMORY))
          this.#recorder.trouble('out-of-memory', textOf(bytes, at, this.#stop), this.#spanStart, this.#spanEnd);
    }
    return isDigit(bytes[this.#start + 1]);
  }

  /** Shenandoah tells only here who asked for a collection. */
  #trigger(bytes: Bytes, at: number): void {
    if (!startsAt(bytes, at, TRIGGER) || !startsAt(bytes, this.#stop - EXPLICIT.length, EXPLICIT)) return;
    const draft = this.#drafted(bytes, 'cycle');
    draft.name = this.#recorder.names.of(bytes, at, this.#stop);
    this.#recorder.event(draft);
  }

  #stopped(bytes: Bytes, at: number): void {
    if (++this.#lines % COVER === 0) this.#time(bytes);
    // A stop of less than a second begins with "0".
    if (bytes[at] === 0x30) return;
    let end = at;
    while (isNumeric(bytes[end])) end++;
    this.#stand('Safepoint', numberIn(bytes, at, end) * 1000, bytes);
  }

  #safepoint(bytes: Bytes, at: number): void {
    if (++this.#lines % COVER === 0) this.#time(bytes);
    // "…, Total:    1234567890 ns": of less than ten digits it is less than a second.
    const stop = this.#stop;
    for (let digit = stop - 12; digit < stop - 3; digit++) if (!isDigit(bytes[digit])) return;
    const match = SAFEPOINT.exec(textOf(bytes, at, stop));
    if (match !== null) this.#stand(`Safepoint "${match[1]}"`, Number(match[2]) / 1e6, bytes);
  }

  #stand(name: string, ms: number, bytes: Bytes): void {
    if (ms < LONG_STOP_MS) return;
    const draft = this.#drafted(bytes, 'safepoint');
    draft.name = this.#recorder.names.ofText(name);
    draft.durationMs = ms;
    this.#recorder.stopped(draft);
  }

  /** Lines of a collection that tell something; all others are phases and details. */
  #collection(bytes: Bytes, at: number, id: number): void {
    switch (bytes[at]) {
      case 0x50: // Pause …, ParOldGen: …, Promotion failed
        if (startsAt(bytes, at, PAUSE)) this.#pause(bytes, at, id);
        else if (bytes[at + 1] === 0x72) this.#trouble(bytes, at, id);
        else this.#old(bytes, at, id);
        return;
      case 0x59: // "Y: Pause …", of the generations of ZGC
      case 0x79:
      case 0x4f:
        if (bytes[at + 1] !== COLON) this.#old(bytes, at, id);
        else if (startsAt(bytes, at + 3, PAUSE)) this.#pause(bytes, at + 3, id);
        else if (startsAt(bytes, at + 3, ALLOCATED)) this.#allocated(bytes, at);
        return;
      case 0x47: // Garbage Collection
      case 0x4d: // Minor Collection, Major Collection
        this.#cycle(bytes, at);
        return;
      case 0x41: // Allocation Stall, Allocated:
        if (startsAt(bytes, at, ALLOCATED)) this.#allocated(bytes, at);
        else if (startsAt(bytes, at + 10, STALL_WORD)) this.#stall(bytes, at);
        return;
      case 0x52: // Relocation Stall
        if (startsAt(bytes, at + 10, STALL_WORD)) this.#stall(bytes, at);
        return;
      case 0x54: // To-space exhausted, Tenured: …
        if (bytes[at + 1] === 0x6f) this.#trouble(bytes, at, id);
        else this.#old(bytes, at, id);
        return;
      case 0x43: // Concurrent …, CMS: …
        if (bytes[at + 1] === 0x4d) this.#old(bytes, at, id);
        else if (startsAt(bytes, at, CLEANUP)) this.#cleanup(bytes, at);
        else if (bytes[at + 11] === 0x4d) this.#trouble(bytes, at, id);
    }
  }

  #drafted(bytes: Bytes, kind: Draft['kind']): Draft {
    this.#time(bytes);
    const draft = this.#draft.clear(kind, this.#spanStart, this.#spanEnd);
    draft.wall = this.#stamps.wall;
    draft.uptime = this.#stamps.uptime;
    return draft;
  }

  #pause(bytes: Bytes, at: number, id: number): void {
    const stop = this.#stop;
    const number = durationStart(bytes, at, stop);
    if (number === -1) {
      this.#begins(bytes, at);
      return;
    }
    this.#beginning = false;
    const draft = this.#drafted(bytes, 'pause');
    draft.durationMs = numberIn(bytes, number, stop - 2);
    const nameEnd = sizesBefore(bytes, at, withoutTimes(bytes, at, number - 1), draft);
    const name = this.#recorder.names.of(bytes, at, nameEnd);
    draft.name = name;
    if (this.#grownId === id) {
      if (!name.full) this.#recorder.totals.promoted(this.#grown);
      draft.old(this.#oldBefore, this.#oldAfter, this.#oldCapacity);
      this.#grownId = -1;
    }
    this.#recorder.event(draft);
    if (name.trouble !== null) this.#recorder.trouble(name.trouble, name.text, draft.start, draft.end);
    this.#recorder.log.collector ??= name.collector;
  }

  /** The first line of a pause. The last one tells all; only when the log ends before it, this one does. */
  #begins(bytes: Bytes, at: number): void {
    for (let index = at; index < this.#stop; index++) if (bytes[index] === 0x3e) return;
    this.#time(bytes);
    this.#begun.clear('pause', this.#spanStart, this.#spanEnd);
    this.#begun.name = this.#recorder.names.of(bytes, at, this.#stop);
    this.#begun.wall = this.#stamps.wall;
    this.#begun.uptime = this.#stamps.uptime;
    this.#begun.timedAtEnd = false;
    this.#beginning = true;
  }

  #cycle(bytes: Bytes, at: number): void {
    // Its first line ends with the cause.
    const stop = this.#stop;
    let arrow = stop - 1;
    while (arrow > at && !(bytes[arrow] === 0x3e && bytes[arrow - 1] === 0x2d)) arrow--;
    if (arrow === at) return;
    const match = CYCLE.exec(textOf(bytes, at, stop));
    if (match === null) return;
    let open = arrow - 2;
    while (open > at && bytes[open] !== 0x28) open--;
    const draft = this.#drafted(bytes, 'cycle');
    draft.before = sizeEnding(bytes, open - 1, at);
    draft.after = sizeAt(bytes, arrow + 1);
    const percent = Number(match[1]);
    if (percent > 0) draft.capacity = (draft.after * 100) / percent;
    draft.name = this.#recorder.names.of(bytes, at, numberStart(bytes, open - 1, at) - 1);
    this.#recorder.log.collector ??= 'ZGC';
    this.#recorder.event(draft);
  }

  /** The step of Shenandoah that gives memory back: "Concurrent cleanup 1593M->1282M(1606M) 0.199ms". */
  #cleanup(bytes: Bytes, at: number): void {
    const number = durationStart(bytes, at, this.#stop);
    if (number === -1) return;
    const draft = this.#drafted(bytes, 'cycle');
    const nameEnd = sizesBefore(bytes, at, number - 1, draft);
    if (Number.isNaN(draft.after)) return;
    draft.name = this.#recorder.names.of(bytes, at, nameEnd);
    this.#recorder.log.collector ??= 'Shenandoah';
    this.#recorder.event(draft);
  }

  #stall(bytes: Bytes, at: number): void {
    const match = STALL.exec(textOf(bytes, at, this.#stop));
    if (match === null) return;
    const [, name = '', ms = ''] = match;
    const draft = this.#drafted(bytes, 'stall');
    draft.name = this.#recorder.names.ofText(name);
    draft.durationMs = Number.parseFloat(ms.replace(',', '.'));
    this.#recorder.log.collector ??= 'ZGC';
    this.#recorder.event(draft);
    if (name.startsWith('A')) this.#recorder.trouble('allocation-stall', `${name}: the thread waited ${ms} ms for memory`, draft.start, draft.end);
  }

  /** ZGC's table: the fourth of its columns is what was allocated while the collection ran. */
  #allocated(bytes: Bytes, at: number): void {
    const sizes = [...textOf(bytes, at, this.#stop).matchAll(/(?<!\d)(\d+)M \(/g)];
    const last = sizes[2]?.[1];
    if (last !== undefined) this.#recorder.totals.allocated(Number(last) * 1024);
  }

  /** Sizes of the old generation: "Old regions: 10->12", "ParOldGen: 100K(43008K)->200K(43008K)". */
  #old(bytes: Bytes, at: number, id: number): void {
    const found = OLD_GENERATIONS.find(([words]) => startsAt(bytes, at, words));
    if (found === undefined) return;
    const [words, collector] = found;
    this.#recorder.log.collector ??= collector;
    let arrow = at + words.length;
    while (arrow < this.#stop && bytes[arrow] !== 0x3e) arrow++;
    const regions = collector === 'G1';
    const growth = regions
      ? (wholeAt(bytes, arrow + 1) - wholeAt(bytes, at + words.length)) * this.#regionSize
      : sizeAt(bytes, arrow + 1) - sizeAt(bytes, at + words.length);
    if (Number.isNaN(growth)) return;
    this.#grownId = id;
    this.#grown = growth;
    this.#oldBefore = regions ? Number.NaN : sizeAt(bytes, at + words.length);
    this.#oldAfter = sizeAt(bytes, arrow + 1);
    let open = arrow + 1;
    while (open < this.#stop && bytes[open] !== 0x28) open++;
    this.#oldCapacity = regions ? Number.NaN : sizeAt(bytes, open + 1);
  }

  #trouble(bytes: Bytes, at: number, id: number): void {
    const kind = TROUBLES.find(([words]) => startsAt(bytes, at, words))?.[1];
    if (kind === undefined || this.#told.get(kind) === id) return;
    this.#told.set(kind, id);
    this.#recorder.trouble(kind, textOf(bytes, at, this.#stop), this.#spanStart, this.#spanEnd);
  }

  finish(): void {
    // Where only beginnings are logged, the last one says nothing.
    if (this.#beginning && this.#recorder.log.events.length > 0) this.#recorder.log.unfinished = this.#begun.event();
  }
}
