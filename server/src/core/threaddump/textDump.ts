import type { Checkpoint } from '../checkpoint.ts';
import type { Problem } from '../model.ts';
import type { Source } from '../unwrap/positionMap.ts';
import { indexWithin } from '../unwrap/within.ts';
import { DumpBuilder } from './dumpBuilder.ts';
import { dumpToFileHeader } from './dumpToFileText.ts';
import type { Header } from './header.ts';
import { hotspotHeader } from './hotspot.ts';
import { jrockitChain, jrockitLock } from './jrockit.ts';
import { lockLine, namedLock, ownerIn } from './lockLine.ts';
import type { LockAction, LockRef, OwnerRef, ThreadDump, ThreadState } from './model.ts';
import { sectionName } from './section.ts';
import type { LazyThread } from './thread.ts';
import { threadInfoHeader } from './threadInfo.ts';
import { visualvmHeader } from './visualvm.ts';
import { agentHeader, hsErrHeader } from './vmThreads.ts';

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const DASH = 45;

/** A name may hold line ends; a quote that stays open longer than this opened no name. */
const MAX_NAME_LINES = 12;
const MAX_NAME_LENGTH = 16_384;
/** After so many quotes that opened no name the text is no dump of such names. */
const MAX_FAILED_JOINS = 1000;

export interface TextDumps {
  dumps: ThreadDump[];
  problems: Problem[];
}

/** Reads every dump that is printed as lines: HotSpot and its look-alikes, ThreadInfo, dump_to_file text, jstack -F. */
export async function readTextDumps(source: Source, checkpoint: Checkpoint): Promise<TextDumps> {
  const walker = new Walker(source);
  const { length } = source.text;
  for (let at = 0; at < length; ) {
    at = walker.walk(at, Math.min(length, at + 1_000_000));
    if (checkpoint.due()) await checkpoint.pause();
  }
  return walker.finish();
}

/** What the lines at hand belong to. */
type Mode = 'threads' | 'section-entries' | 'section-stacks';

class Walker {
  readonly #source: Source;
  readonly #text: string;
  readonly #dumps: ThreadDump[] = [];
  readonly #problems: Problem[] = [];
  #dump: DumpBuilder | null = null;
  #mode: Mode = 'threads';

  #thread: LazyThread | null = null;
  #header: Header | null = null;
  #locks: LockAction[] = [];
  /** Number of lock lines before those of a mounted virtual thread; -1: none is mounted. */
  #carrierLocks = -1;
  #mounted = -1;
  #blockStart = 0;
  #bodyStart = 0;
  #lastEnd = 0;
  #inSynchronizers = false;
  #failedJoins = 0;
  #afterBlank = false;

  /** The last line that belongs to no dump: a title's timestamp stands there. */
  #looseStart = 0;
  #looseEnd = 0;
  /** A line of no dump came after a blank one: frames that follow belong to no thread. */
  #foreignAfterBlank = false;
  #olderLooseStart = 0;
  #olderLooseEnd = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#text = source.text;
  }

  /** Reads whole lines from `from` until `until` is passed; returns where to go on. */
  walk(from: number, until: number): number {
    const text = this.#text;
    const { length } = text;
    let at = from;
    while (at < until) {
      let end = text.indexOf('\n', at);
      if (end === -1) end = length;
      const first = text.charCodeAt(at);
      if (first === TAB && text.charCodeAt(at + 1) === 97 /* a */ && this.#thread !== null && !this.#afterBlank) {
        this.#lastEnd = end;
        at = end + 1;
      } else {
        at = this.#line(at, end);
      }
    }
    return at;
  }

  finish(): TextDumps {
    this.#closeDump(true);
    return { dumps: this.#dumps, problems: this.#problems };
  }

  /** Reads the line from `lineStart` to `lineEnd`, and more lines where they belong together; returns the next line's start. */
  #line(lineStart: number, lineEnd: number): number {
    const text = this.#text;
    let start = lineStart;
    let end = lineEnd;
    while (start < end && text.charCodeAt(start) <= SPACE) start++;
    while (end > start && text.charCodeAt(end - 1) <= SPACE) end--;
    if (start === end) {
      this.#afterBlank = true;
      return lineEnd + 1;
    }
    switch (text.charCodeAt(start)) {
      case QUOTE:
        return this.#quoted(lineStart, start, end, lineEnd);
      case DASH:
        if (this.#dash(start, end)) this.#keep(lineEnd);
        return lineEnd + 1;
      case 94 /* ^ */:
        if (this.#jrockitLine(start, end)) this.#keep(lineEnd);
        return lineEnd + 1;
      case 97 /* a */:
        if (text.startsWith('at ', start)) {
          if (this.#thread !== null && !this.#foreignAfterBlank) this.#keep(lineEnd);
          return lineEnd + 1;
        }
        break;
      case 35 /* # */:
        {
          const header = end - start > MAX_NAME_LENGTH ? null : dumpToFileHeader(text, start, end);
          if (header !== null) return this.#open(header, lineStart, lineEnd);
          const joined = /^#\d+ "/.test(text.slice(start, start + 24)) ? this.#multiLineHeader(start, lineEnd, dumpToFileHeader) : null;
          if (joined !== null) return this.#open(joined.header, lineStart, joined.end);
          break;
        }
      case 84 /* T */:
        {
          const header = agentHeader(text, start, end);
          if (header !== null) return this.#open(header, lineStart, lineEnd);
          break;
        }
      case 48 /* 0 */:
      case 61 /* = */:
        {
          const header = end - start > MAX_NAME_LENGTH ? null : hsErrHeader(text, start, end);
          if (header !== null) return this.#open(header, lineStart, lineEnd);
          break;
        }
    }
    if (this.#keyword(lineStart, start, end)) this.#keep(lineEnd);
    else this.#loose(lineStart, start, end);
    return lineEnd + 1;
  }

  #keep(end: number): void {
    this.#lastEnd = end;
    this.#afterBlank = false;
    if (this.#dump !== null) this.#dump.end = end;
  }

  /** A line that begins with a quote: a thread's header, or an entry of the JVM's section. */
  #quoted(lineStart: number, quote: number, end: number, lineEnd: number): number {
    const text = this.#text;
    if (this.#mode !== 'threads') {
      const next = this.#sectionQuote(lineStart, quote, end, lineEnd);
      if (next !== -1) return next;
    }
    // JRockit repeats threads in its chains of blocked ones.
    const link = /(?: held by:| in chain \d+)$/.test(text.slice(Math.max(quote, end - 24), end));
    const header = link ? null : headerAt(text, quote, end);
    if (header !== null) return this.#open(header, lineStart, lineEnd);
    const nameEnd = sectionName(text, quote, end);
    if (nameEnd !== null && this.#stackFollows(lineEnd + 1)) {
      this.#openSectionThread(quote + 1, nameEnd, lineStart, lineEnd);
      return lineEnd + 1;
    }
    const joined = this.#multiLineHeader(quote, lineEnd, headerAt);
    if (joined !== null) return this.#open(joined.header, lineStart, joined.end);
    this.#loose(lineStart, quote, end);
    return lineEnd + 1;
  }

  /** Joins lines while the quote is open. Ends at a line that is a header by itself, so that garbage takes none away. */
  #multiLineHeader(start: number, firstEnd: number, parse: HeaderParser): { header: Header; end: number } | null {
    const text = this.#text;
    if (this.#failedJoins++ > MAX_FAILED_JOINS) return null;
    let lineStart = firstEnd + 1;
    for (let count = 1; count < MAX_NAME_LINES && lineStart < text.length; count++) {
      let lineEnd = text.indexOf('\n', lineStart);
      if (lineEnd === -1) lineEnd = text.length;
      if (lineEnd - start > MAX_NAME_LENGTH) return null;
      let end = lineEnd;
      while (end > lineStart && text.charCodeAt(end - 1) <= SPACE) end--;
      const line = text.slice(lineStart, end);
      const closes = CLOSING.test(line);
      if (closes && /^["#]/.test(line) && balanced(text, lineStart, end) && parse(text, lineStart, end) !== null) return null;
      // A stack has begun: the quote opened no name.
      if (/^\s+at \S+\(.*\)$/.test(line)) return null;
      if (line.startsWith('Full thread dump')) return null;
      if (closes) {
        const header = parse(text, start, end);
        if (header !== null && header.nameEnd > lineStart - 1) {
          this.#failedJoins--;
          return { header, end: lineEnd };
        }
      }
      lineStart = lineEnd + 1;
    }
    return null;
  }

  #open(header: Header, lineStart: number, lineEnd: number): number {
    this.#closeThread();
    this.#mode = 'threads';
    if (this.#dump?.has(header)) this.#closeDump(false);
    const dump = this.#dump ?? this.#startDump(lineStart, null);
    if (header.dialect === 'dump-to-file-text' && dump.jvm === null) this.#dumpToFileTitle(dump);
    this.#thread = dump.open(header);
    this.#header = header;
    this.#startBody(lineStart, lineEnd);
    return lineEnd + 1;
  }

  #openSectionThread(nameStart: number, nameEnd: number, lineStart: number, lineEnd: number): void {
    this.#closeThread();
    const dump = this.#dump ?? this.#startDump(lineStart, null);
    this.#thread = dump.openFromSection(nameStart, nameEnd);
    this.#header = null;
    this.#startBody(lineStart, lineEnd);
  }

  #startBody(lineStart: number, lineEnd: number): void {
    this.#blockStart = lineStart;
    this.#locks = [];
    this.#carrierLocks = -1;
    this.#mounted = -1;
    this.#inSynchronizers = false;
    this.#foreignAfterBlank = false;
    this.#bodyStart = Math.min(lineEnd + 1, this.#text.length);
    this.#keep(lineEnd);
  }

  #closeThread(): void {
    const thread = this.#thread;
    if (thread === null) return;
    const header = this.#header;
    let locks = this.#locks;
    if (this.#carrierLocks > 0) locks = [...locks.slice(this.#carrierLocks), ...locks.slice(0, this.#carrierLocks)];
    if (locks.length > 0) thread.locks = locks;
    if (header !== null) {
      if (header.lock !== null) this.#headerLock(thread, header.lock);
      else if (header.owner !== null) this.#giveOwner(thread, header.owner);
    }
    this.#setBody(thread);
    if (this.#dump !== null) this.#dump.end = Math.max(this.#dump.end, this.#lastEnd);
    this.#thread = null;
    this.#header = null;
  }

  #setBody(thread: LazyThread): void {
    const source = this.#source;
    const mounted = this.#mounted;
    const start = this.#bodyStart;
    const end = this.#lastEnd;
    thread.span = source.span(this.#blockStart, end);
    if (start >= end) return;
    thread.framesIn(source, start, end, mounted);
  }

  /** The lock of a ThreadInfo header: its owner is the only place where an owner is told. */
  #headerLock(thread: LazyThread, named: NonNullable<Header['lock']>): void {
    const line = thread.locks.find((action) => isWait(action) && action.lock?.key === named.ref.key);
    if (line !== undefined) {
      line.owner ??= named.owner;
      if (line.kind === 'waiting-on' && this.#parked()) line.kind = 'parking';
      return;
    }
    const kind = thread.state === 'BLOCKED' ? 'waiting-to-lock' : this.#parked() ? 'parking' : 'waiting-on';
    const span = this.#source.span(named.start, named.end);
    thread.locks = [{ kind, lock: named.ref, span, lockSpan: { ...span }, owner: named.owner }, ...thread.locks];
  }

  #giveOwner(thread: LazyThread, owner: OwnerRef): void {
    const line = thread.locks.find(isWait);
    if (line !== undefined) line.owner ??= owner;
  }

  /** The innermost frame is LockSupport's: ThreadInfo prints "waiting on" for parked threads too. */
  #parked(): boolean {
    const body = this.#text.slice(this.#bodyStart, Math.min(this.#lastEnd, this.#bodyStart + 4000));
    return /^\s*at [^\n]*/m.exec(body)?.[0].includes('.park(') ?? false;
  }

  #startDump(start: number, jvm: string | null): DumpBuilder {
    const time = this.#titleTime();
    this.#dump = new DumpBuilder(this.#source, time === null ? start : Math.min(start, time.start), start, jvm, time?.text ?? null);
    return this.#dump;
  }

  #titleTime(): { text: string; start: number } | null {
    const line = this.#text.slice(this.#looseStart, this.#looseEnd);
    return TIME.test(line) && line.length < 64 ? { text: line, start: this.#looseStart } : null;
  }

  /** Process id, time and version stand on lines of their own above the first thread. */
  #dumpToFileTitle(dump: DumpBuilder): void {
    const version = this.#text.slice(this.#looseStart, this.#looseEnd);
    const time = this.#text.slice(this.#olderLooseStart, this.#olderLooseEnd);
    if (/^\d+[\w.+-]*$/.test(version)) dump.jvm = version;
    if (TIME.test(time)) dump.time = time;
  }

  #closeDump(atEnd: boolean): void {
    this.#closeThread();
    const dump = this.#dump;
    this.#dump = null;
    this.#mode = 'threads';
    if (dump === null || dump.empty) return;
    this.#dumps.push(dump.build(!(atEnd && this.#cut(dump.end))));
  }

  /** The text stops in the middle of a dump's line. */
  #cut(end: number): boolean {
    const text = this.#text;
    if (end < text.length) return false;
    const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end).trim();
    return /^(at |- |")/.test(line) && !/[)\]>:"\w]$/.test(line.startsWith('at ') && !line.endsWith(')') ? ' ' : line);
  }

  /** Lines of a dump that are told by their first words; dump_to_file of JDK 21 to 23 prints its frames without "at". */
  #keyword(lineStart: number, start: number, end: number): boolean {
    if (this.#word(lineStart, start, end)) return true;
    return this.#header?.dialect === 'dump-to-file-text' && !this.#afterBlank && this.#text.charCodeAt(end - 1) === 41;
  }

  #word(lineStart: number, start: number, end: number): boolean {
    const text = this.#text;
    switch (text.charCodeAt(start)) {
      case 106 /* j */:
        return text.startsWith('java.lang.Thread.State: ', start) && this.#stateLine(start + 24, end);
      case 76 /* L */:
        if (!/^Locked (ownable )?synchronizers\b/.test(text.slice(start, start + 40))) return false;
        return this.#startSynchronizers();
      case 78 /* N */:
        return text.startsWith('Number of locked synchronizers', start) && this.#startSynchronizers();
      case 67 /* C */:
        if (text.startsWith('Carrying virtual thread #', start)) return this.#carrier(start + 25, end);
        if (text.startsWith('Circular (deadlocked) lock chains', start)) return this.#startSection(start, end);
        return this.#mode !== 'threads' && text.startsWith('Chain ', start) && this.#startSection(start, end);
      case 77 /* M */:
        return text.startsWith('Mounted virtual thread #', start) && this.#mount(lineStart);
      case 70 /* F */:
      case 102 /* f */:
      case 61 /* = */:
        return this.#title(start, end);
      case 74 /* J */:
        return this.#jvmTail(start);
      case 66 /* B */:
        // JRockit's chains of blocked threads are no deadlocks.
        if (this.#mode !== 'threads' && text.startsWith('Blocked lock chains', start)) return this.#endSection();
        return false;
      case 46 /* . */:
        if (this.#thread === null || !/^\.\.\.\s*$/.test(text.slice(start, end))) return false;
        this.#thread.framesCut = true;
        return true;
      case 119 /* w */:
      case 105 /* i */:
      case 85 /* U */:
      case 110 /* n */:
        return this.#mode === 'section-entries' && (this.#dump?.section?.line(start, end) ?? false);
    }
    return false;
  }

  #title(start: number, end: number): boolean {
    const text = this.#text;
    const line = text.slice(start, Math.min(end, start + 400));
    if (/^Found one Java-level deadlock/.test(line)) return this.#startSection(start, end);
    if (/^Found (a total of )?\d+ (Java-level )?deadlocks?/.test(line)) return this.#endSection();
    const title = /^(?:=+ )?full thread dump(?: =+)?:?\s*(.*)$/i.exec(line);
    if (title === null) return false;
    this.#closeDump(false);
    const jvm = (title[1] as string).trim().replace(/:$/, '');
    this.#startDump(start, jvm === '' ? null : jvm).end = end;
    return true;
  }

  #jvmTail(start: number): boolean {
    const text = this.#text;
    if (text.startsWith('Java stack information for the threads listed above', start)) {
      this.#closeThread();
      this.#mode = 'section-stacks';
      return this.#dump !== null || this.#startDump(start, null) !== null;
    }
    if (!text.startsWith('JNI global ref', start) || this.#dump === null) return false;
    this.#closeThread();
    this.#dump.tail = true;
    return true;
  }

  #startSection(start: number, end: number): boolean {
    this.#closeThread();
    this.#mode = 'section-entries';
    const dump = this.#dump ?? this.#startDump(start, null);
    dump.startSection(start, end);
    return true;
  }

  #endSection(): boolean {
    this.#closeThread();
    this.#mode = 'threads';
    return true;
  }

  /** A quoted line within the JVM's section; -1: it is none of the section's. */
  #sectionQuote(lineStart: number, quote: number, end: number, lineEnd: number): number {
    const text = this.#text;
    const section = this.#dump?.section;
    const chain = jrockitChain(text, quote, end);
    if (chain !== null && section) {
      section.chainLink(chain.nameStart, chain.nameEnd, chain.lock, end);
      this.#keep(lineEnd);
      return lineEnd + 1;
    }
    // Names may hold line ends here too.
    let stop = end;
    let next = lineEnd;
    let nameEnd = sectionName(text, quote, stop);
    if (nameEnd === null && this.#failedJoins++ > MAX_FAILED_JOINS) return -1;
    for (let count = 1; nameEnd === null && count < MAX_NAME_LINES && next < text.length; count++) {
      if (headerAt(this.#text, quote, stop) !== null) return -1;
      const following = text.indexOf('\n', next + 1);
      next = following === -1 ? text.length : following;
      stop = next;
      while (stop > quote && text.charCodeAt(stop - 1) <= SPACE) stop--;
      nameEnd = sectionName(text, quote, stop);
    }
    if (nameEnd === null) return -1;
    if (this.#mode === 'section-stacks') this.#openSectionThread(quote + 1, nameEnd, lineStart, next);
    else {
      section?.startEntry(quote + 1, nameEnd, stop);
      this.#keep(next);
    }
    return next + 1;
  }

  /** After `"name":` comes a stack. */
  #stackFollows(at: number): boolean {
    return /^\s*(at [\w$.@/-]+\(|at [\w$.@/<>-]+\.[\w$<>]+|- (waiting|locked|parking)|java\.lang\.Thread\.State)/.test(
      this.#text.slice(at, at + 400),
    );
  }

  /** `WAITING (parking)`; VisualVM: `WAITING on X@1f owned by "other" t@12`. */
  #stateLine(at: number, end: number): boolean {
    const thread = this.#thread;
    if (thread === null) return false;
    const text = this.#text;
    let stop = at;
    while (stop < end && isStateLetter(text.charCodeAt(stop))) stop++;
    thread.state = text.slice(at, stop) as ThreadState;
    this.#dump?.sawStateLine();
    if (stop === end) return true;
    if (text.charCodeAt(stop + 1) === 40 && text.charCodeAt(end - 1) === 41) thread.stateDetail = text.slice(stop + 2, end - 1);
    else if (text.startsWith(' on ', stop)) this.#stateLock(thread, stop + 4, end);
    return true;
  }

  #stateLock(thread: LazyThread, at: number, end: number): void {
    const named = namedLock(this.#text, at, end);
    if (named === null || named === undefined) return;
    const owner = ownerIn(this.#text.slice(named.next, end));
    const kind = thread.state === 'BLOCKED' ? 'waiting-to-lock' : owner === null ? 'waiting-on' : 'parking';
    const span = this.#source.span(named.start, named.end);
    this.#locks.push({ kind, lock: named.lock, span, lockSpan: { ...span }, owner });
  }

  #carrier(at: number, end: number): boolean {
    const thread = this.#thread;
    if (thread === null) return false;
    thread.carries = Number.parseInt(this.#text.slice(at, end), 10);
    thread.stateDetail ??= `carrying virtual thread #${thread.carries}`;
    return true;
  }

  #mount(lineStart: number): boolean {
    if (this.#thread === null) return false;
    this.#mounted = lineStart;
    this.#carrierLocks = this.#locks.length;
    return true;
  }

  #startSynchronizers(): boolean {
    if (this.#thread === null) return false;
    this.#thread.synchronizers ??= [];
    this.#inSynchronizers = true;
    this.#foreignAfterBlank = false;
    return true;
  }

  /** A line that begins with "-": a lock, a synchronizer, or a frame of jstack -F. */
  #dash(start: number, end: number): boolean {
    const thread = this.#thread;
    const text = this.#text;
    if (thread === null) return this.#title(start, end);
    if (text.charCodeAt(start + 1) === DASH) return this.#jrockitLine(start, end);
    const bare = text.charCodeAt(start + 1) === SPACE && text.charCodeAt(start + 2) === 60 /* < */;
    if (this.#inSynchronizers || bare) {
      this.#synchronizer(thread, start, end);
      return true;
    }
    for (let at = start; at !== -1; ) {
      const line = lockLine(this.#source, at, end);
      if (line === null) break;
      this.#locks.push(line.action);
      at = line.rest === -1 ? -1 : indexWithin(text, '- ', line.rest, end);
    }
    return true;
  }

  #synchronizer(thread: LazyThread, start: number, end: number): void {
    const text = this.#text;
    let at = start + 1;
    while (at < end && text.charCodeAt(at) === SPACE) at++;
    if (text.startsWith('locked ', at)) at += 7;
    const named = namedLock(text, at, end);
    if (named === null || named === undefined) return;
    const lock: LockRef = named.lock;
    thread.synchronizers ??= [];
    thread.synchronizers.push({ lock, span: this.#source.span(start, end), lockSpan: this.#source.span(named.start, named.end) });
  }

  #jrockitLine(start: number, end: number): boolean {
    if (this.#thread === null) return false;
    const action = jrockitLock(this.#source, start, end);
    if (action !== null) this.#locks.push(action);
    return true;
  }

  /** A line of no dump. Between two blocks it ends the block, within one it was mixed in by another writer. */
  #loose(lineStart: number, start: number, end: number): void {
    if (this.#afterBlank) this.#foreignAfterBlank = true;
    this.#olderLooseStart = this.#looseStart;
    this.#olderLooseEnd = this.#looseEnd;
    this.#looseStart = start;
    this.#looseEnd = end;
    if (lineStart === 0 && this.#text.charCodeAt(0) === NEWLINE) this.#looseStart = end;
  }
}

/** A name ends here, and what follows may be a header's tail. */
const CLOSING = /" (?:#\d|\[?\d|Id=\d|daemon\b|virtual\b|VIRTUAL\b|(?:os_)?prio=|cpu=|tid=|id=|- Thread t@|[A-Z_]{3,})/;

type HeaderParser = (text: string, start: number, end: number) => Header | null;

/** A header that begins with the thread's name. */
function headerAt(text: string, quote: number, end: number): Header | null {
  if (end - quote > MAX_NAME_LENGTH) return null;
  return hotspotHeader(text, quote, end) ?? threadInfoHeader(text, quote, end) ?? visualvmHeader(text, quote, end);
}

const TIME = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\w{3} \w{3} +\d+ \d\d:\d\d)/;

function isWait(action: LockAction): boolean {
  return action.kind === 'waiting-to-lock' || action.kind === 'waiting-on' || action.kind === 'parking' || action.kind === 'relocking';
}

function isStateLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || code === 95;
}

function balanced(text: string, from: number, to: number): boolean {
  return text.slice(from, to).split('"').length % 2 === 1;
}
