import type { LineSource } from '../../unwrap/lines/lineSource.ts';
import type { LogException, Throwable } from '../model.ts';
import { FirstFrames } from './firstFrames.ts';
import { parseFrames } from './frames.ts';
import { rootBelow, turned } from './throwables.ts';
import {
  ANY_CLASS,
  BRACKET_END,
  BRACKETED,
  CIRCULAR,
  ELIDED,
  HEAD,
  INLINE,
  indent,
  JAR_ALONE,
  LEFT_OUT,
  NESTED,
  REMOTE,
  REMOTE_INLINE,
  SERVER_SIDE,
  SERVER_SIDE_END,
  STATED,
} from './traceLines.ts';

/** Frames follow this message without a line that names an exception, and without "at". */
const STUCK = 'did not react to cancelling signal';
/** Lines of a message that are kept. */
const MESSAGE_LINES = 100;

export type Draft = Omit<LogException, 'index' | 'record' | 'time'>;

/** Every stack trace in a text, from `from` on; the first line is the message of a record when `inRecord`. */
export function parseTraces(text: LineSource, from: number, inRecord: boolean, cache: FrameCache | null = null): Draft[] {
  const reader = new TraceReader(text, inRecord, cache);
  const whole = text.text;
  let start = from;
  let first = true;
  while (start <= whole.length) {
    let end = whole.indexOf('\n', start);
    if (end === -1) end = whole.length;
    let stop = end;
    while (stop > start && whole.charCodeAt(stop - 1) === 13) stop--;
    reader.line(whole.slice(start, stop), start, first && inRecord);
    first = false;
    start = end + 1;
  }
  return reader.finish();
}

const MAX_CACHED = 50_000;

/** Frames by the text of their line: a big log prints the same stacks again and again. Equal ones are at the place of the first. */
export class FrameCache {
  readonly #lines = new Map<string, NonNullable<ReturnType<typeof parseFrames>>>();
  readonly #frames = new FirstFrames();

  get(line: string): ReturnType<typeof parseFrames> | undefined {
    return this.#lines.get(line);
  }

  /** @returns what is remembered */
  set(line: string, read: NonNullable<ReturnType<typeof parseFrames>>): NonNullable<ReturnType<typeof parseFrames>> {
    const first = { ...read, frames: read.frames.map((frame) => this.#frames.of(frame)) };
    if (this.#lines.size < MAX_CACHED) this.#lines.set(` ${line}`.slice(1), first);
    return first;
  }
}

class TraceReader {
  readonly #cache: FrameCache | null;
  readonly #text: LineSource;
  readonly #stuck: boolean;
  readonly #inRecord: boolean;
  readonly #drafts: Draft[] = [];
  #top: Throwable | null = null;
  #topStart = 0;
  /** Throwables that can still get causes, by the width of their indent. */
  #open: { width: number; throwable: Throwable }[] = [];
  #current: Throwable | null = null;
  #messageLines = 0;
  #blank = false;
  #end = 0;
  /** The exception whose message quotes the trace of the server at hand. */
  #quoting: Throwable | null = null;
  /** A class name at the end of a record's message: a trace's head, if frames follow. */
  #pending: { className: string; message: string | null; start: number; end: number } | null = null;
  /** Frames without head may follow a record's message directly. */
  #afterMessage = false;

  constructor(text: LineSource, inRecord: boolean, cache: FrameCache | null) {
    this.#text = text;
    this.#cache = cache;
    this.#inRecord = inRecord;
    this.#stuck = text.text.includes(STUCK);
  }

  line(line: string, start: number, isMessage: boolean): void {
    // Outside records the message that frames follow may stand in any line.
    if (isMessage || (this.#stuck && line.includes(STUCK))) {
      if (!isMessage) this.#close();
      this.#messageLine(line, start);
      return;
    }
    if (line.trim() === '') {
      this.#blank = true;
      if (this.#inMessage()) this.#more(line);
      return;
    }
    if (this.#frames(line, start)) this.#end = start + line.length;
    else if (this.#elided(line, start)) this.#end = start + line.length;
    else if (this.#nested(line, start)) this.#end = start + line.length;
    else this.#other(line, start);
    this.#blank = false;
  }

  finish(): Draft[] {
    this.#close();
    return this.#drafts;
  }

  #messageLine(line: string, start: number): void {
    this.#afterMessage = true;
    const stated = STATED.exec(line);
    if (stated !== null) {
      this.#begin(stated[1] as string, stated[2] ?? null, start + line.indexOf(stated[1] as string, stated.index), start + line.length, 'top', 0);
      return;
    }
    const tail = line.length > 4000 ? line.slice(-4000) : line;
    const inline = HEAD.exec(line) ?? REMOTE_INLINE.exec(tail) ?? INLINE.exec(tail);
    if (inline === null) return;
    const className = inline[1] as string;
    const at = start + Math.max(0, line.indexOf(className, Math.max(0, line.length - 4000)));
    this.#pending = { className, message: inline[2] ?? inline[3] ?? null, start: at, end: start + line.length };
  }

  #frames(line: string, start: number): boolean {
    const code = line.trimStart().charCodeAt(0);
    const bareAllowed = this.#current !== null || (this.#stuck && this.#afterMessage);
    // "a" of "at", or a package name of a bare frame.
    if (code !== 97 && !bareAllowed) return false;
    const known = this.#cache?.get(line);
    const parsed = known ?? parseFrames(line, start, this.#text, bareAllowed);
    if (parsed === null || (parsed.bare && !bareAllowed)) return false;
    const read = known === undefined ? (this.#cache?.set(line, parsed) ?? parsed) : parsed;
    if (this.#current === null) this.#startPending(start);
    const current = this.#current as Throwable | null;
    if (current === null) return false;
    if (read.joined || (read.bare && !this.#stuck)) current.damage = 'joined-frames';
    for (const frame of read.frames) current.frames.push(frame);
    return true;
  }

  /** A trace begins without a line of its own that names the exception. */
  #startPending(start: number): void {
    const pending = this.#pending;
    this.#pending = null;
    if (pending !== null && this.#afterMessage) this.#begin(pending.className, pending.message, pending.start, pending.end, 'top', 0);
    else this.#begin(null, null, start, start, 'top', 0);
  }

  #elided(line: string, start: number): boolean {
    if (this.#current === null) return false;
    const match = ELIDED.exec(line);
    if (match === null) return false;
    this.#current.elided = match[1] === undefined ? -1 : Number(match[1]);
    this.#current.elidedSpan = this.#text.span(start + line.length - line.trimStart().length, start + line.length);
    return true;
  }

  #nested(line: string, start: number): boolean {
    const circular = CIRCULAR.exec(line);
    if (circular !== null && this.#current !== null) {
      const parent = this.#current;
      const width = indent(line);
      this.#attach(circular[1] === 'Suppressed' ? 'suppressed' : 'caused-by', width, circular[2]?.trim() ?? null, null, start, start + line.length);
      if (this.#current !== parent) (this.#current as Throwable).circular = true;
      return true;
    }
    const match = NESTED.exec(line);
    if (match === null) {
      if (!this.#headAllowed()) return false;
      const head = HEAD.exec(line) ?? REMOTE.exec(line) ?? STATED.exec(line) ?? this.#otherClass(line, start);
      if (head === null) return false;
      const at = start + line.indexOf(head[1] as string);
      const className = (head[1] as string).replaceAll('/', '.');
      const message = head[2] ?? head[3] ?? null;
      if (this.#quotes()) {
        this.#quoting = this.#current;
        this.#attach('caused-by', 0, className, message, at, start + line.length);
        return true;
      }
      this.#close();
      this.#begin(className, message, at, start + line.length, 'top', indent(line));
      return true;
    }
    const [, lead = '', word, rest = ''] = match;
    const head = HEAD.exec(rest) ?? REMOTE.exec(rest) ?? BRACKETED.exec(rest) ?? ANY_CLASS.exec(rest) ?? /^(\S[^\s:]*)(?:: ?(.*)|\s*)$/s.exec(rest);
    const className = head?.[1] ?? null;
    const at = start + lead.length + (word as string).length + 2;
    if (this.#current === null && this.#pending !== null) this.#startPending(start);
    const relation = word === 'Suppressed' ? 'suppressed' : word === 'Wrapped by' ? 'wrapped-by' : 'caused-by';
    this.#attach(relation, indent(line), className, head?.[2] ?? head?.[3] ?? null, at, start + line.length);
    return true;
  }

  /** Within a message only a blank line or frames let a new exception begin: messages quote exceptions too. */
  #headAllowed(): boolean {
    const current = this.#current;
    return current === null || current.frames.length > 0 || current.elided !== null || this.#blank || this.#quotes();
  }

  /** The message at hand has just begun to quote what the server threw. */
  #quotes(): boolean {
    const current = this.#current;
    return current !== null && this.#quoting === null && current.frames.length === 0 && SERVER_SIDE.test(current.message ?? '');
  }

  /** Classes with names that do not say what they are count when a frame follows at once. */
  #otherClass(line: string, start: number): RegExpExecArray | null {
    const match = ANY_CLASS.exec(line);
    if (match === null) return null;
    const next = this.#text.text.slice(start + line.length, start + line.length + 80);
    return /^\r?\n\s*at [\w$./@-]+[.(]/.test(next) ? match : null;
  }

  #attach(relation: Throwable['relation'], width: number, className: string | null, message: string | null, start: number, end: number): void {
    if (this.#current === null) {
      this.#begin(className, message, start, end, relation, width);
      return;
    }
    const parent = this.#parentOf(relation, width);
    const child = this.#throwable(className, message, start, end, relation);
    if (relation === 'suppressed') parent.suppressed.push(child);
    else rootBelow(parent).cause = child;
    this.#open = this.#open.filter((one) => one.width < width || (relation === 'suppressed' && one.width === width && one.throwable === parent));
    this.#open.push({ width, throwable: child });
    this.#current = child;
  }

  #parentOf(relation: Throwable['relation'], width: number): Throwable {
    for (let at = this.#open.length - 1; at >= 0; at--) {
      const one = this.#open[at];
      if (one === undefined) continue;
      // A suppressed exception is printed one indent deeper than its owner, a cause at the owner's own.
      if (relation === 'suppressed' ? one.width < width || width === 0 : one.width <= width) return one.throwable;
    }
    return (this.#open[0]?.throwable ?? this.#top) as Throwable;
  }

  #begin(className: string | null, message: string | null, start: number, end: number, relation: Throwable['relation'], width: number): void {
    const throwable = this.#throwable(className, message, start, end, relation);
    this.#top = throwable;
    this.#topStart = start;
    this.#current = throwable;
    this.#open = [{ width, throwable }];
    this.#pending = null;
    this.#end = end;
  }

  #throwable(className: string | null, message: string | null, start: number, end: number, relation: Throwable['relation']): Throwable {
    this.#messageLines = 0;
    const span = this.#text.span(start, end);
    return {
      className,
      message,
      headSpan: span,
      line: this.#text.lineAt(start),
      span: { ...span },
      relation,
      frames: [],
      gaps: [],
      elided: null,
      elidedSpan: null,
      cause: null,
      suppressed: [],
      circular: false,
      damage: null,
    };
  }

  #other(line: string, start: number): void {
    this.#afterMessage = false;
    const current = this.#current;
    if (current === null) {
      this.#pending = null;
      return;
    }
    if (current.frames.length > 0 && LEFT_OUT.test(line)) {
      if (current.gaps.at(-1) !== current.frames.length) current.gaps.push(current.frames.length);
      current.damage = 'frames-left-out';
      this.#end = start + line.length;
      return;
    }
    if (current.frames.length > 0 && JAR_ALONE.test(line)) return;
    if (SERVER_SIDE_END.test(line) && this.#quoting !== null) this.#resume(this.#quoting);
    else if (BRACKET_END.test(line) && this.#bracketed() !== null) this.#resume(this.#bracketed() as Throwable);
    else if (this.#inMessage()) this.#more(line);
    else {
      this.#close();
      return;
    }
    this.#end = start + line.length;
  }

  /** The exception at hand has no frames yet. Outside records a long text without any is no message, but other output. */
  #inMessage(): boolean {
    const current = this.#current;
    return current !== null && current.frames.length === 0 && current.elided === null && (this.#inRecord || this.#messageLines < MESSAGE_LINES);
  }

  /** The quoted trace of the server is over: what follows belongs to the exception that quotes it. */
  #resume(throwable: Throwable): void {
    this.#current = throwable;
    this.#open = [{ width: 0, throwable }];
    this.#quoting = null;
    // Frames of the server that were taken for its own do not call those that follow.
    if (throwable.frames.length > 0) throwable.gaps.push(throwable.frames.length);
  }

  /** The exception whose message quotes another one between "[" and "]", each on a line of its own. */
  #bracketed(): Throwable | null {
    for (let one = this.#top; one !== null; one = one.cause) if (/^\[[\w.$]+(?:Exception|Error)\b/.test(one.message ?? '')) return one;
    return null;
  }

  #more(line: string): void {
    const current = this.#current as Throwable;
    if (this.#messageLines++ >= MESSAGE_LINES) return;
    current.message = current.message === null ? line : `${current.message}\n${line}`;
  }

  #close(): void {
    const top = this.#top;
    if (top === null) return;
    trimMessages(top, 0);
    deserialize(top, 0);
    const outermost = turned(top);
    const chain: Throwable[] = [];
    for (let one: Throwable | null = outermost; one !== null && !one.circular && chain.length < 1000; one = one.cause) chain.push(one);
    const kind = this.#stuck && top.className === null ? 'thread-stack' : 'trace';
    this.#drafts.push({ line: top.line, span: this.#text.span(this.#topStart, this.#end), top: outermost, chain, kind });
    this.#top = null;
    this.#quoting = null;
    this.#current = null;
    this.#open = [];
    this.#afterMessage = false;
  }
}

/** A message ends at its first blank line when no frame follows it: what comes then is other text. */
function trimMessages(top: Throwable, depth: number): void {
  if (depth > 1000) return;
  if (top.message !== null) {
    const text = top.frames.length === 0 && top.elided === null && top.cause === null ? (top.message.split(/\n\s*\n/)[0] ?? '') : top.message;
    const trimmed = text.trimEnd();
    top.message = trimmed === '' ? null : trimmed;
  }
  for (const one of top.suppressed) trimMessages(one, depth + 1);
  if (top.cause !== null) trimMessages(top.cause, depth + 1);
}

const SERIALIZED = /(?:^|\.)(?:SerializedThrowable|SerializedThrowable\$\w+)$/;
const NAMED = /^((?:[A-Za-z_$][\w$]*\.)+[A-Z][\w$]*)(?:: ?([\s\S]*))?$/;

/** Flink sends exceptions between its processes as SerializedThrowable, whose message is the exception's name and message. */
function deserialize(top: Throwable, depth: number): void {
  if (depth > 1000) return;
  const message = top.message ?? '';
  const named = top.className !== null && SERIALIZED.test(top.className) ? (REMOTE.exec(message) ?? NAMED.exec(message)) : null;
  if (named !== null) {
    top.className = named[1] as string;
    top.message = named[2] === undefined || named[2] === '' ? null : named[2];
  }
  for (const one of top.suppressed) deserialize(one, depth + 1);
  if (top.cause !== null) deserialize(top.cause, depth + 1);
}
