import type { Source } from '../unwrap/source.ts';
import type { DeadlockSection, LockRef, SectionEntry } from './model.ts';
import { headerAt, MAX_NAME_LINES, nameIn } from './names.ts';

const SPACE = 32;

/**
 * The JVM's own "Found one Java-level deadlock" section, line by line. It lists every thread on its walk, those
 * included that only wait for the cycle, and knows threads by name alone. Source: threadService.cpp DeadlockCycle.
 */
export class SectionReader {
  readonly section: DeadlockSection;
  readonly #source: Source;
  #entry: SectionEntry | null = null;

  constructor(source: Source, start: number, end: number) {
    this.#source = source;
    this.section = { span: source.span(start, end), cycles: [] };
  }

  startCycle(): void {
    this.section.cycles.push([]);
    this.#entry = null;
  }

  /** `"name":` */
  startEntry(nameStart: number, nameEnd: number, end: number): void {
    if (this.section.cycles.length === 0) this.startCycle();
    const name = nameIn(this.#source.text, nameStart, nameEnd);
    const thread = this.#source.text.slice(name.start, name.end);
    this.#entry = { thread, lock: null, kind: 'monitor', heldBy: null, span: this.#source.span(nameStart - 1, end) };
    (this.section.cycles.at(-1) as SectionEntry[]).push(this.#entry);
  }

  /** A line below an entry's name; true when it belongs to the entry. */
  line(start: number, end: number): boolean {
    const entry = this.#entry;
    if (entry === null) return false;
    const line = this.#source.text.slice(start, end);
    if (/^waiting (to lock|for|to enter)/.test(line)) {
      entry.kind = line.includes('raw monitor') ? 'raw-monitor' : line.includes('ownable') ? 'ownable' : 'monitor';
      entry.lock = sectionLock(line);
    }
    const held = /(?:which is|is) (?:held|locked|owned) by ("?)"([\s\S]*)"\1/.exec(line);
    if (held !== null) entry.heldBy = held[2] as string;
    else if (!/^(waiting|which|in JNI|UNKNOWN|non-Java|is held)/.test(line)) return false;
    entry.span = { start: entry.span.start, end: Math.max(entry.span.end, this.#source.span(start, end).end) };
    return true;
  }

  /** A link of JRockit's circular chain; the last link only repeats the first thread's name. */
  chainLink(nameStart: number, nameEnd: number, lock: LockRef | null, end: number): void {
    if (this.section.cycles.length === 0) this.startCycle();
    const cycle = this.section.cycles.at(-1) as SectionEntry[];
    const thread = this.#source.text.slice(nameStart, nameEnd);
    const before = cycle.at(-1);
    if (before !== undefined) before.heldBy ??= thread;
    if (lock === null) return;
    cycle.push({ thread, lock, kind: 'monitor', heldBy: null, span: this.#source.span(nameStart - 1, end) });
  }

  finish(end: number): void {
    this.section.span.end = Math.max(this.section.span.start, this.#source.span(end, end).end);
    this.section.cycles = this.section.cycles.filter((cycle) => cycle.length > 0);
  }
}

/** `waiting to lock monitor 0x… (object 0x…, a X)`, `waiting for ownable synchronizer 0x…, (a X)`, `(Object@0x…, a a/b/X)`. */
function sectionLock(line: string): LockRef | null {
  const object = /\((?:object |Object@)(?:<)?([\da-fA-Fx]+)>?, an? ([^()]+)\)/.exec(line);
  if (object !== null) return { key: object[1] as string, className: (object[2] as string).replaceAll('/', '.') };
  const ownable = /synchronizer <?(0x[\da-fA-F]+)>?,? \(an? ([^()]+)\)/.exec(line);
  if (ownable !== null) return { key: ownable[1] as string, className: (ownable[2] as string).replaceAll('/', '.') };
  const raw = /(?:monitor|synchronizer) (?:Monitor@)?(0x[\da-fA-F]+)/.exec(line);
  return raw === null ? null : { key: raw[1] as string, className: null };
}

/** `"name":` at the end of a line, or null. Returns the name's end. */
export function sectionName(text: string, quote: number, end: number): number | null {
  return text.charCodeAt(end - 1) === 58 && text.charCodeAt(end - 2) === 34 && end - 2 > quote ? end - 2 : null;
}

/**
 * The same for a name that holds line ends; null where it ends nowhere, or a thread's header begins in it. `lineEnd`: of
 * the first line. Returns the end of the name, of what follows it in its line, and of that line.
 */
export function multiLineSectionName(text: string, quote: number, lineEnd: number): { nameEnd: number; stop: number; next: number } | null {
  let stop = lineEnd;
  let next = lineEnd;
  const trim = () => {
    while (stop > quote && text.charCodeAt(stop - 1) <= SPACE) stop--;
  };
  trim();
  for (let count = 1; count < MAX_NAME_LINES && next < text.length; count++) {
    if (headerAt(text, quote, stop) !== null) return null;
    const following = text.indexOf('\n', next + 1);
    next = following === -1 ? text.length : following;
    stop = next;
    trim();
    const nameEnd = sectionName(text, quote, stop);
    if (nameEnd !== null) return { nameEnd, stop, next };
  }
  return null;
}
