import type { Checkpoint } from '../checkpoint.ts';
import { type Problem, problem } from '../problems.ts';
import type { Source } from '../unwrap/source.ts';
import { dressedHeader } from './dressed.ts';
import { DumpBuilder } from './dumpBuilder.ts';
import { dumpToFileHeader } from './dumpToFileText.ts';
import { type Header, newHeader } from './header.ts';
import { jrockitChain } from './jrockit.ts';
import type { ThreadDump } from './model.ts';
import { type HeaderParser, headerAt, MAX_NAME_LENGTH, MAX_NAME_LINES, multiLineHeader } from './names.ts';
import { sectionName } from './section.ts';
import { endsStack, isLockLine, locksFollow, startsStack } from './stackEdges.ts';
import type { LazyThread } from './thread.ts';
import { ThreadBlock } from './threadBlock.ts';
import { agentHeader, hsErrHeader, matHeader } from './vmThreads.ts';

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const DASH = 45;

/** After so many quotes that opened no name the text is no dump of such names. */
const MAX_FAILED_JOINS = 1000;
/** So many damaged lines are shown one by one. */
const MAX_PROBLEMS = 50;

export interface TextDumps {
  dumps: ThreadDump[];
  problems: Problem[];
}

/** Reads every dump that is printed as lines: HotSpot and its look-alikes, ThreadInfo, dump_to_file text, jstack -F. */
export async function readTextDumps(source: Source, checkpoint: Checkpoint): Promise<TextDumps> {
  const found = await walk(new Walker(source, false), source, checkpoint);
  // Frames alone are somebody's stack too, where there is nothing else.
  return found.dumps.length > 0 || found.problems.length > 0 ? found : walk(new Walker(source, true), source, checkpoint);
}

async function walk(walker: Walker, source: Source, checkpoint: Checkpoint): Promise<TextDumps> {
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

  #block: ThreadBlock | null = null;
  #lastEnd = 0;
  #failedJoins = 0;
  #damagedLines = 0;
  #headless = 0;
  #afterBlank = false;

  /** The last line that belongs to no dump: a title's timestamp stands there. */
  #looseStart = 0;
  #looseEnd = 0;
  /** A line that is not part of a dump came after a blank one: frames that follow belong to no thread. */
  #foreignAfterBlank = false;
  #olderLooseStart = 0;
  #olderLooseEnd = 0;

  /** The last frame was one with which stacks end: what follows may be another stack. */
  #stackEnded = false;
  /** Frames that belong to no thread are one of their own, even without a lock or a state beside them. */
  readonly #anyFrames: boolean;

  constructor(source: Source, anyFrames: boolean) {
    this.#source = source;
    this.#text = source.text;
    this.#anyFrames = anyFrames;
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
      if (first === TAB && text.charCodeAt(at + 1) === 97 /* a */ && this.#block !== null && !this.#afterBlank && !this.#stackEnded) {
        this.#lastEnd = end;
        this.#block.frames++;
        this.#stackEnded = endsStack(text, at + 4, end);
        at = end + 1;
      } else {
        at = this.#line(at, end);
      }
    }
    return at;
  }

  finish(): TextDumps {
    this.#closeDump(true);
    const left = this.#damagedLines - MAX_PROBLEMS;
    if (left > 0) this.#problems.push(problem('more-threads-unreadable', { count: left }, this.#source.span(0, 0)));
    return { dumps: this.#dumps, problems: this.#problems };
  }

  /** Reads the line from `lineStart` to `lineEnd`, and more lines where they belong together; returns the next line's start. */
  #line(lineStart: number, lineEnd: number): number {
    const text = this.#text;
    let start = lineStart;
    let end = lineEnd;
    while (start < end && isBlank(text.charCodeAt(start))) start++;
    while (end > start && text.charCodeAt(end - 1) <= SPACE) end--;
    if (start === end) {
      this.#afterBlank = true;
      return lineEnd + 1;
    }
    switch (text.charCodeAt(start)) {
      case QUOTE:
        return this.#quoted(lineStart, start, end, lineEnd);
      case DASH:
      case 0x2013:
      case 0x2014:
      case 0x2212:
      case 0x2022: {
        // An editor or a mail program has made a dash of the hyphen before a lock; a header may be an item of a list.
        const item = isLockLine(text, start, end) ? -1 : this.#dressed(lineStart, start, end, lineEnd);
        if (item !== -1) return item;
        if (this.#dash(start, end)) this.#keep(lineEnd);
        else this.#loose(lineStart, start, end);
        return lineEnd + 1;
      }
      case 94 /* ^ */:
        if (this.#block === null) break;
        this.#block.jrockitLine(start, end);
        this.#keep(lineEnd);
        return lineEnd + 1;
      case 97 /* a */:
        if (text.startsWith('at ', start)) {
          this.#frame(lineStart, start, lineEnd);
          return lineEnd + 1;
        }
        break;
      case 35 /* # */:
        {
          const header = end - start > MAX_NAME_LENGTH ? null : dumpToFileHeader(text, start, end);
          if (header !== null) return this.#open(header, lineStart, lineEnd);
          const joined = /^#\d+ "/.test(text.slice(start, start + 24)) ? this.#joined(start, lineEnd, dumpToFileHeader) : null;
          if (joined !== null) return this.#open(joined.header, lineStart, joined.end);
          break;
        }
      case 84 /* T */:
        {
          const header = agentHeader(text, start, end) ?? matHeader(text, start, end);
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
    if (this.#keyword(lineStart, start, end)) {
      this.#keep(lineEnd);
      return lineEnd + 1;
    }
    const dressed = this.#dressed(lineStart, start, end, lineEnd);
    if (dressed !== -1) return dressed;
    this.#loose(lineStart, start, end);
    return lineEnd + 1;
  }

  /** A header that something stands around; -1: it is none. */
  #dressed(lineStart: number, start: number, end: number, lineEnd: number): number {
    if (this.#mode === 'section-entries') return -1;
    const header = dressedHeader(this.#text, start, end, () => this.#stackFollows(lineEnd + 1));
    return header === null ? -1 : this.#open(header, lineStart, lineEnd);
  }

  /** A frame: of the thread at hand, of one whose header is lost, or of nobody's dump. */
  #frame(lineStart: number, start: number, lineEnd: number): void {
    if (this.#block !== null && !this.#foreignAfterBlank) {
      if (this.#stackEnded && startsStack(this.#text, start + 3, lineEnd, this.#afterBlank)) this.#openHeadless(lineStart);
      this.#block.frames++;
      this.#keep(lineEnd);
    } else if (this.#mode === 'threads' && (this.#anyFrames || locksFollow(this.#text, lineEnd + 1))) {
      this.#openHeadless(lineStart);
      this.#keep(lineEnd);
    }
    this.#stackEnded = endsStack(this.#text, start + 3, lineEnd);
  }

  /** A thread whose first line is not in the text: a state or a stack where another one had ended. */
  #openHeadless(lineStart: number): void {
    this.#closeBlock();
    this.#mode = 'threads';
    const dump = this.#dump ?? this.#startDump(lineStart, null);
    const thread = dump.open(newHeader('hotspot', lineStart, lineStart));
    thread.headless = true;
    this.#block = new ThreadBlock(this.#source, thread, newHeader('hotspot', lineStart, lineStart), lineStart, lineStart - 1);
    this.#block.frames++;
    this.#foreignAfterBlank = false;
    this.#stackEnded = false;
    let end = this.#text.indexOf('\n', lineStart);
    if (end === -1) end = this.#text.length;
    if (this.#headless++ < MAX_PROBLEMS) this.#problems.push(problem('thread-without-header', {}, this.#source.span(lineStart, end)));
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
    const joined = this.#joined(quote, lineEnd, headerAt);
    if (joined !== null) return this.#open(joined.header, lineStart, joined.end);
    const dressed = link ? -1 : this.#dressed(lineStart, quote, end, lineEnd);
    if (dressed !== -1) return dressed;
    if (!link && / (?:tid=|nid=|os_prio=|Id=\d)/.test(text.slice(quote, Math.min(end, quote + 2000)))) this.#damaged(quote, end);
    this.#loose(lineStart, quote, end);
    return lineEnd + 1;
  }

  /** A line that must be a thread's header: what is lost has to be said. */
  #damaged(start: number, end: number): void {
    if (this.#damagedLines++ >= MAX_PROBLEMS) return;
    this.#problems.push(problem('thread-unreadable', {}, this.#source.span(start, end)));
  }

  #joined(start: number, firstEnd: number, parse: HeaderParser): { header: Header; end: number } | null {
    if (this.#failedJoins > MAX_FAILED_JOINS) return null;
    const joined = multiLineHeader(this.#text, start, firstEnd, parse);
    if (joined === null) this.#failedJoins++;
    return joined;
  }

  #open(header: Header, lineStart: number, lineEnd: number): number {
    this.#closeBlock();
    this.#mode = 'threads';
    if (this.#dump?.has(header)) this.#closeDump(false);
    const dump = this.#dump ?? this.#startDump(lineStart, null);
    if (header.dialect === 'dump-to-file-text' && dump.jvm === null) this.#dumpToFileTitle(dump);
    this.#openBlock(dump.open(header), header, lineStart, lineEnd);
    return lineEnd + 1;
  }

  #openBlock(thread: LazyThread, header: Header | null, lineStart: number, lineEnd: number): void {
    this.#block = new ThreadBlock(this.#source, thread, header, lineStart, lineEnd);
    this.#foreignAfterBlank = false;
    this.#stackEnded = false;
    this.#keep(lineEnd);
  }

  #closeBlock(): void {
    this.#block?.close(this.#lastEnd);
    if (this.#block !== null && this.#dump !== null) this.#dump.end = Math.max(this.#dump.end, this.#lastEnd);
    this.#block = null;
  }

  #openSectionThread(nameStart: number, nameEnd: number, lineStart: number, lineEnd: number): void {
    this.#closeBlock();
    const dump = this.#dump ?? this.#startDump(lineStart, null);
    this.#openBlock(dump.openFromSection(nameStart, nameEnd), null, lineStart, lineEnd);
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
    if (/^\d[\w.+-]*$/.test(version)) dump.jvm = version;
    if (TIME.test(time)) dump.time = time;
  }

  #closeDump(atEnd: boolean): void {
    this.#closeBlock();
    const dump = this.#dump;
    this.#dump = null;
    this.#mode = 'threads';
    if (dump === null || dump.empty) return;
    const cut = atEnd && this.#cut(dump.end);
    this.#dumps.push(dump.build(!cut));
    if (cut) this.#problems.push(problem('dump-breaks-off', {}, this.#source.span(dump.end - 1, dump.end)));
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
    return this.#block?.dialect === 'dump-to-file-text' && !this.#afterBlank && this.#text.charCodeAt(end - 1) === 41;
  }

  #word(lineStart: number, start: number, end: number): boolean {
    const text = this.#text;
    switch (text.charCodeAt(start)) {
      case 106 /* j */:
        return text.startsWith('java.lang.Thread.State: ', start) && this.#state(lineStart, start + 24, end);
      case 76 /* L */:
        if (!/^Locked (ownable )?synchronizers\b/.test(text.slice(start, start + 40))) return false;
        return this.#startSynchronizers();
      case 78 /* N */:
        return text.startsWith('Number of locked synchronizers', start) && this.#startSynchronizers();
      case 67 /* C */:
        if (text.startsWith('Carrying virtual thread #', start)) return this.#inBlock((block) => block.carrying(start + 25, end));
        if (text.startsWith('Circular (deadlocked) lock chains', start)) return this.#startSection(start, end);
        return this.#mode !== 'threads' && text.startsWith('Chain ', start) && this.#startSection(start, end);
      case 77 /* M */:
        return text.startsWith('Mounted virtual thread #', start) && this.#inBlock((block) => block.mount(lineStart));
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
        if (this.#block === null || !/^\.\.\.\s*$/.test(text.slice(start, end))) return false;
        this.#block.thread.framesCut = true;
        return true;
      case 119 /* w */:
        if (text.startsWith('waiting for ', start) && this.#block?.releaseLine(start, end) === true) return true;
        return this.#mode === 'section-entries' && (this.#dump?.section?.line(start, end) ?? false);
      case 105 /* i */:
      case 85 /* U */:
      case 110 /* n */:
        return this.#mode === 'section-entries' && (this.#dump?.section?.line(start, end) ?? false);
    }
    return false;
  }

  /** False where no thread's block is open. */
  #inBlock(read: (block: ThreadBlock) => void): boolean {
    if (this.#block === null) return false;
    read(this.#block);
    return true;
  }

  #state(lineStart: number, at: number, end: number): boolean {
    // A thread has one state, and its line stands before the stack.
    const second = this.#block !== null && (this.#block.stated || this.#block.frames > 0);
    if (second || (this.#block === null && this.#stackFollows(end + 1))) this.#openHeadless(lineStart);
    this.#dump?.sawStateLine();
    return this.#inBlock((block) => block.stateLine(at, end));
  }

  #startSynchronizers(): boolean {
    this.#foreignAfterBlank = false;
    return this.#inBlock((block) => block.startSynchronizers());
  }

  /** A line that begins with "-"; behind other lines that follow a blank one it is somebody else's. */
  #dash(start: number, end: number): boolean {
    if (this.#block === null || this.#foreignAfterBlank) {
      if (this.#title(start, end)) return true;
      if (!isLockLine(this.#text, start, end) || this.#mode !== 'threads') return false;
      this.#openHeadless(this.#text.lastIndexOf('\n', start - 1) + 1);
    }
    return !this.#foreignAfterBlank && this.#inBlock((block) => block.dash(start, end));
  }

  #title(start: number, end: number): boolean {
    const text = this.#text;
    const line = text.slice(start, Math.min(end, start + 400));
    if (/^Found one Java-level deadlock/.test(line)) return this.#startSection(start, end);
    if (/^Found (a total of )?\d+ (Java-level )?deadlocks?/.test(line)) return this.#endSection();
    const title = /^(?:=+ )?full thread dump(?: =+)?:?\s*(.*)$/is.exec(line);
    if (title === null) return false;
    this.#closeDump(false);
    const jvm = (title[1] as string).trim().replace(/:$/, '');
    this.#startDump(start, jvm === '' ? null : jvm).end = end;
    return true;
  }

  #jvmTail(start: number): boolean {
    const text = this.#text;
    if (text.startsWith('Java stack information for the threads listed above', start)) {
      this.#closeBlock();
      this.#mode = 'section-stacks';
      return this.#dump !== null || this.#startDump(start, null) !== null;
    }
    if (!text.startsWith('JNI global ref', start) || this.#dump === null) return false;
    this.#closeBlock();
    this.#dump.tail = true;
    return true;
  }

  #startSection(start: number, end: number): boolean {
    this.#closeBlock();
    this.#mode = 'section-entries';
    const dump = this.#dump ?? this.#startDump(start, null);
    dump.startSection(start, end);
    return true;
  }

  #endSection(): boolean {
    this.#closeBlock();
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

  /** A line that is not part of a dump. Between two blocks it ends the block; within one, another writer has mixed it in. */
  #loose(lineStart: number, start: number, end: number): void {
    if (this.#afterBlank) this.#foreignAfterBlank = true;
    this.#olderLooseStart = this.#looseStart;
    this.#olderLooseEnd = this.#looseEnd;
    this.#looseStart = start;
    this.#looseEnd = end;
    if (lineStart === 0 && this.#text.charCodeAt(0) === NEWLINE) this.#looseStart = end;
  }
}

/** Blanks, the no-break space of web pages and the byte order mark included. */
function isBlank(code: number): boolean {
  return code <= SPACE || code === 0xa0 || code === 0xfeff;
}

const TIME = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\w{3} \w{3} +\d+ \d\d:\d\d)/;
