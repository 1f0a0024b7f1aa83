import { isBlank } from '../text.ts';
import { seamAt } from '../unwrap/lines/seams.ts';
import type { Source } from '../unwrap/source.ts';
import { Damage } from './damage.ts';
import { dressedHeader } from './dressed.ts';
import { DumpBuilder } from './dumpBuilder.ts';
import { dumpToFileHeader } from './dumpToFileText.ts';
import { type Header, newHeader } from './header.ts';
import { NameJoiner } from './joiner.ts';
import { isChainLink, jrockitChain } from './jrockit.ts';
import { keywordAt } from './keywords.ts';
import type { TextDumps, ThreadDump } from './model.ts';
import { headerAt, nameIn } from './names.ts';
import { sectionName } from './section.ts';
import { breaksOff, endsBlock, endsStack, isLockLine, isRule, locksFollow, stackFollows, startsStack } from './stackEdges.ts';
import type { LazyThread } from './thread.ts';
import { ThreadBlock } from './threadBlock.ts';
import { threadTitle } from './threadTitle.ts';
import { TitleLines, titleAt } from './titleLines.ts';
import { bareHeader } from './vmThreads.ts';

const TAB = 9;
const SPACE = 32;
const QUOTE = 34;
const DASH = 45;

/** What the lines at hand belong to. */
type Mode = 'threads' | 'section-entries' | 'section-stacks';

/** Goes over the lines of a text once and gives each to the dump, thread or section that it belongs to. */
export class LineWalker {
  readonly #source: Source;
  readonly #text: string;
  readonly #dumps: ThreadDump[] = [];
  readonly #damage = new Damage();
  readonly #joiner: NameJoiner;
  #dump: DumpBuilder | null = null;
  #mode: Mode = 'threads';
  #block: ThreadBlock | null = null;
  #lastEnd = 0;
  #afterBlank = false;
  /** The last lines that belong to no dump: the title of the next one stands there. */
  readonly #title: TitleLines;
  /** A line that is not part of a dump came after a blank one, or begins something else: frames that follow belong to no thread. */
  #foreignAfterBlank = false;
  /** The last frame was one with which stacks end: what follows may be another stack. */
  #stackEnded = false;
  /** Frames that belong to no thread are one of their own, even without a lock or a state beside them. */
  readonly #anyFrames: boolean;

  constructor(source: Source, anyFrames: boolean) {
    this.#source = source;
    this.#text = source.text;
    this.#title = new TitleLines(source.text);
    this.#joiner = new NameJoiner(source.text);
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
    return { dumps: this.#dumps, problems: this.#damage.finish(this.#source.span(0, 0)) };
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
        else this.#loose(start, end);
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
      default: {
        const header = bareHeader(text, start, end);
        if (header !== null) return this.#open(header, lineStart, lineEnd);
        const joined = /^#\d+ "/.test(text.slice(start, start + 24)) ? this.#joiner.header(start, lineEnd, dumpToFileHeader) : null;
        if (joined !== null) return this.#open(joined.header, lineStart, joined.end);
      }
    }
    if (this.#keyword(lineStart, start, end)) {
      this.#keep(lineEnd);
      return lineEnd + 1;
    }
    const dressed = this.#dressed(lineStart, start, end, lineEnd);
    if (dressed !== -1) return dressed;
    this.#loose(start, end);
    return lineEnd + 1;
  }

  /** A header that something stands around; -1: it is none. */
  #dressed(lineStart: number, start: number, end: number, lineEnd: number): number {
    if (this.#mode === 'section-entries') return -1;
    const header = dressedHeader(this.#text, start, end, () => stackFollows(this.#text, lineEnd + 1));
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
    const title = threadTitle(this.#text, lineStart);
    const header = title ?? newHeader('hotspot', lineStart, lineStart);
    const thread = dump.open(header);
    this.#block = new ThreadBlock(this.#source, thread, header, lineStart, lineStart - 1);
    this.#block.frames++;
    this.#foreignAfterBlank = false;
    this.#stackEnded = false;
    if (title !== null) return;
    thread.headless = true;
    let end = this.#text.indexOf('\n', lineStart);
    if (end === -1) end = this.#text.length;
    this.#damage.headless(() => this.#source.span(lineStart, end));
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
    const link = isChainLink(text, quote, end);
    const header = link ? null : headerAt(text, quote, end);
    if (header !== null) return this.#open(header, lineStart, lineEnd);
    const nameEnd = sectionName(text, quote, end);
    if (nameEnd !== null && stackFollows(this.#text, lineEnd + 1)) {
      this.#openSectionThread(quote + 1, nameEnd, lineStart, lineEnd);
      return lineEnd + 1;
    }
    const joined = this.#joiner.header(quote, lineEnd, headerAt);
    if (joined !== null) return this.#open(joined.header, lineStart, joined.end);
    const dressed = link ? -1 : this.#dressed(lineStart, quote, end, lineEnd);
    if (dressed !== -1) return dressed;
    // A line that must be a thread's header: what is lost has to be said.
    if (!link && / (?:tid=|nid=|os_prio=|Id=\d)/.test(text.slice(quote, Math.min(end, quote + 2000))))
      this.#damage.unreadable(() => this.#source.span(quote, end));
    this.#loose(quote, end);
    return lineEnd + 1;
  }

  #open(header: Header, lineStart: number, lineEnd: number): number {
    this.#closeBlock();
    this.#mode = 'threads';
    if (this.#dump?.has(header)) this.#closeDump(false);
    const dump = this.#dump ?? this.#startDump(lineStart, null);
    if (header.dialect === 'dump-to-file-text' && dump.jvm === null) {
      dump.jvm = this.#title.version;
      dump.time = this.#title.timeAbove ?? dump.time;
    }
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
    const { start, end } = nameIn(this.#text, nameStart, nameEnd);
    this.#openBlock(dump.openFromSection(start, end), null, lineStart, lineEnd);
  }

  #startDump(start: number, jvm: string | null): DumpBuilder {
    const { time } = this.#title;
    this.#dump = new DumpBuilder(this.#source, time === null ? start : Math.min(start, time.start), start, jvm, time?.text ?? null);
    return this.#dump;
  }

  #closeDump(atEnd: boolean): void {
    this.#closeBlock();
    const dump = this.#dump;
    this.#dump = null;
    this.#mode = 'threads';
    if (dump === null || dump.empty) return;
    const cut = atEnd && breaksOff(this.#text, dump.end);
    this.#dumps.push(dump.build(!cut));
    if (cut) this.#damage.breaksOff(this.#source.span(dump.end - 1, dump.end));
  }

  /** Lines of a dump that are told by their first words; dump_to_file of JDK 21 to 23 prints its frames without "at". */
  #keyword(lineStart: number, start: number, end: number): boolean {
    if (this.#word(lineStart, start, end)) return true;
    return this.#block?.dialect === 'dump-to-file-text' && !this.#afterBlank && this.#text.charCodeAt(end - 1) === 41;
  }

  #word(lineStart: number, start: number, end: number): boolean {
    switch (keywordAt(this.#text, start)) {
      case 'state':
        return this.#state(lineStart, start + 24, end);
      case 'synchronizers':
        this.#foreignAfterBlank = false;
        return this.#inBlock((block) => block.startSynchronizers());
      case 'carrying':
        return this.#inBlock((block) => block.carrying(start + 25, end));
      case 'mounted':
        return this.#inBlock((block) => block.mount(lineStart));
      case 'lock-chains':
        return this.#startSection(start, end);
      case 'chain':
        return this.#mode !== 'threads' && this.#startSection(start, end);
      case 'blocked-chains':
        // JRockit's chains of blocked threads are no deadlocks.
        return this.#mode !== 'threads' && this.#endSection();
      case 'title':
        return this.#titleLine(start, end);
      case 'section-stacks':
        this.#closeBlock();
        this.#mode = 'section-stacks';
        if (this.#dump === null) this.#startDump(start, null);
        return true;
      case 'jni-tail':
        if (this.#dump === null) return false;
        this.#closeBlock();
        this.#dump.tail = true;
        return true;
      case 'frames-cut':
        if (this.#block === null || this.#text.slice(start + 3, end).trim() !== '') return false;
        this.#block.thread.framesCut = true;
        return true;
      case 'waiting':
        if (this.#block?.releaseLine(start, end) === true) return true;
        return this.#sectionLine(start, end);
      case 'section-line':
        return this.#sectionLine(start, end);
      default:
        return false;
    }
  }

  #sectionLine(start: number, end: number): boolean {
    return this.#mode === 'section-entries' && (this.#dump?.section?.line(start, end) ?? false);
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
    if (second || (this.#block === null && stackFollows(this.#text, end + 1))) this.#openHeadless(lineStart);
    this.#dump?.sawStateLine();
    return this.#inBlock((block) => block.stateLine(at, end));
  }

  /** A line that begins with "-"; behind other lines that follow a blank one it is somebody else's. */
  #dash(start: number, end: number): boolean {
    if (isRule(this.#text, start, end)) return false;
    if (this.#block === null || this.#foreignAfterBlank) {
      if (this.#titleLine(start, end)) return true;
      if (!isLockLine(this.#text, start, end) || this.#mode !== 'threads') return false;
      this.#openHeadless(this.#text.lastIndexOf('\n', start - 1) + 1);
    }
    return !this.#foreignAfterBlank && this.#inBlock((block) => block.dash(start, end));
  }

  #titleLine(start: number, end: number): boolean {
    const title = titleAt(this.#text, start, end);
    if (title === null) return false;
    if (title === 'deadlock') return this.#startSection(start, end);
    if (title === 'deadlocks') return this.#endSection();
    this.#closeDump(false);
    Object.assign(this.#startDump(start, title.jvm), { end, titled: true });
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
    const first = sectionName(text, quote, end);
    const name = first === null ? this.#joiner.sectionName(quote, lineEnd) : { nameEnd: first, stop: end, next: lineEnd };
    if (name === null) return -1;
    const { nameEnd, stop, next } = name;
    if (this.#mode === 'section-stacks') this.#openSectionThread(quote + 1, nameEnd, lineStart, next);
    else {
      section?.startEntry(quote + 1, nameEnd, stop);
      this.#keep(next);
    }
    return next + 1;
  }

  /** A line that is not part of a dump. Between two blocks it ends the block; within one, another writer has mixed it in. */
  #loose(start: number, end: number): void {
    if (endsBlock(this.#text, start, end)) this.#afterBlank = true;
    this.#foreignAfterBlank ||= this.#afterBlank;
    this.#title.add(start, end);
    if (this.#dump !== null && !this.#dump.empty && !stackFollows(this.#text, end + 1)) this.#between(this.#dump, start, end);
  }

  /** Between two threads something may be said of where the next one comes from. */
  #between(dump: DumpBuilder, start: number, end: number): void {
    const seam = seamAt(this.#text, start, end);
    if (seam === 'source') this.#closeDump(false);
    else if (seam === 'label' || (seam === 'prose' && !dump.titled)) dump.seams++;
  }
}
