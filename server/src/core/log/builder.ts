import type { LogEventKind } from '../knowledge/logEvents.ts';
import type { Side } from '../knowledge/side.ts';
import type { RawRecord } from './assembler.ts';
import { matchBroken } from './brokenMessage.ts';
import { crashFields } from './crash.ts';
import { isForeign, matchAnywhere, matchMessage } from './events.ts';
import { ExecutionTable } from './executions.ts';
import { headEnd } from './headEnd.ts';
import { JobTable } from './jobs.ts';
import { julMessage } from './jul.ts';
import { MAX_CLOCK_STEPS, MAX_EVENTS, MAX_EXCEPTIONS, MAX_OF_KIND, MAX_RECORDS } from './kept.ts';
import type { Head } from './layouts.ts';
import type { Level, LogEvent, LogException, LogModel, LogRecord, ProcessFacts } from './model.ts';
import type { ReadResult } from './records.ts';
import { Strings } from './streaming/strings.ts';
import { parseStamp, type Stamp } from './time.ts';
import { FrameCache, parseTraces } from './traces/exceptions.ts';
import { VersionVotes, type Votes } from './versions.ts';
import { offsetOf } from './zone.ts';

/** Farther in stands what belongs to the line above. */
const MAX_INDENT = 8;
/** Lines outside records that are looked at for messages, per block. */
const MAX_LOOSE_LINES = 5000;
/** The clock of one process may step back this far between threads without a word. In ms. */
export const CLOCK_TOLERANCE = 2000;
const HALF_DAY = 12 * 3_600_000;
const DAY = 2 * HALF_DAY;

export interface BuilderOptions {
  /**
   * The text is not kept in memory: no string may hold on to a piece of it, and records that nothing refers to
   * are only counted.
   */
  streamed?: boolean;
}

/** Turns records into the model of a log, one after the other. */
export class LogBuilder {
  readonly #streamed: boolean;
  readonly #strings = new Strings();
  readonly #frames: FrameCache | null;
  readonly #eventCounts: LogModel['eventCounts'] = [];
  readonly #counters = new Map<string, Map<string, LogModel['eventCounts'][number]>>();
  readonly #records: LogRecord[] = [];
  readonly #exceptions: LogException[] = [];
  readonly #events: LogEvent[] = [];
  readonly #levels: Partial<Record<Level, number>> = {};
  readonly #executions: ExecutionTable;
  readonly #jobs = new JobTable();
  readonly #versions = new VersionVotes();
  readonly #clockSteps: LogModel['clockSteps'] = [];
  #exceptionsLeft = 0;
  #count = 0;
  #from: number | null = null;
  #to: number | null = null;
  #dated: boolean | null = null;
  #zone: string | null = null;
  #firstTime: number | null = null;
  #lastTime: number | null = null;
  #dayShift = 0;
  #lastLogger: string | null = null;
  #lastSide: Side | null = null;
  /** Something refers to the record at hand. */
  #wanted = false;
  readonly #known: LogEventKind[] = [];

  constructor(options: BuilderOptions = {}) {
    this.#streamed = options.streamed === true;
    this.#frames = this.#streamed ? new FrameCache() : null;
    this.#executions = new ExecutionTable(this.#streamed ? (text) => this.#strings.intern(text) : (text) => text);
  }

  add(raw: RawRecord): void {
    if (raw.head === null) this.#loose(raw);
    else this.#record(raw, raw.head, this.#count++, true);
  }

  /** Kinds of messages of which enough are kept since this was asked last: more of them need only be counted, by `countKnown`. */
  takeKnown(): LogEventKind[] {
    return this.#known.splice(0);
  }

  /** Messages of a kind that were told by their first words alone. */
  countKnown(kind: LogEventKind, messages: number): void {
    const counter = this.#counters.get(kind.id)?.get('');
    if (counter !== undefined) counter.count += messages;
  }

  /** A record of a streamed file, whose level was counted with those that are skipped unless `countLevel`. */
  addStreamed(raw: RawRecord, index: number, countLevel: boolean): void {
    if (raw.head !== null) this.#record(raw, raw.head, index, countLevel);
  }

  /** A record of which nothing but the time is wanted. */
  addTime(raw: RawRecord): void {
    if (raw.head !== null && raw.head.stamp !== null) this.#time(raw, raw.head.stamp);
  }

  #record(raw: RawRecord, head: Head, index: number, countLevel: boolean): void {
    const text = raw.text.text;
    let messageEnd = text.indexOf('\n', raw.messageStart);
    if (messageEnd === -1) messageEnd = text.length;
    else while (messageEnd > raw.messageStart && text.charCodeAt(messageEnd - 1) === 13) messageEnd--;
    if (head.end !== undefined) messageEnd = Math.min(messageEnd, head.end);
    let { level } = head;
    let message = text.slice(raw.messageStart, messageEnd);
    let messageStart = raw.messageStart;
    if (level === null && message === '') {
      // java.util.logging prints level and message on a line of their own.
      const second = julMessage(text.slice(messageEnd, messageEnd + 4000));
      if (second !== null) {
        ({ level, message } = second);
        messageStart = text.indexOf(message, messageEnd);
        messageEnd = messageStart + message.length;
      }
    }
    const time = head.stamp === null ? null : this.#time(raw, head.stamp);
    const record: LogRecord = {
      index,
      line: raw.text.line,
      lines: raw.lines,
      span: raw.span,
      time,
      level,
      logger: head.logger,
      thread: head.thread,
      context: head.context,
      message,
      messageSpan: raw.text.span(messageStart, messageEnd),
    };
    if (countLevel && level !== null) this.#levels[level] = (this.#levels[level] ?? 0) + 1;
    this.#wanted = !this.#streamed;
    this.#contents(raw, record, messageStart, message);
    if (!this.#wanted) return;
    if (!this.#streamed) this.#records.push(record);
    else if (this.#records.length < MAX_RECORDS) this.#records.push(this.#strings.record(record));
  }

  /** Records of a streamed file that were only counted. */
  count(level: Level, records: number): void {
    if (records > 0) this.#levels[level] = (this.#levels[level] ?? 0) + records;
  }

  get records(): number {
    return this.#count;
  }

  setRecords(count: number): void {
    this.#count = count;
  }

  #contents(raw: RawRecord, record: LogRecord, messageStart: number, message: string): void {
    const text = raw.text.text;
    const body = text.length > messageStart + message.length + 1;
    const severe = record.level === 'WARN' || record.level === 'ERROR' || record.level === 'FATAL' || record.level === null;
    const first = body || statesCause(message) ? this.#traces(raw, messageStart, record) : null;
    const foreign = isForeign(record.logger);
    const said = foreign ? null : (matchMessage(message) ?? (body ? matchBroken(text, messageStart, message) : null));
    // What is quoted may have lines of its own.
    const event = body && said?.kind.quotes === true ? (matchMessage(text.slice(messageStart)) ?? said) : said;
    if (event !== null) this.#event(event.kind, event.fields, record, record.line, record.messageSpan, first);
    if (!body && !severe && event?.kind.quotes !== true) return;
    for (const match of matchAnywhere(messageStart === 0 ? text : text.slice(messageStart), foreign && !body)) {
      const at = messageStart + match.index;
      const fields = match.kind.id === 'jvm-crash' ? crashFields(text, at) : match.fields;
      this.#event(match.kind, fields, record, raw.text.lineAt(at), raw.text.span(at, Math.min(text.length, at + 200)), first);
    }
  }

  #traces(raw: RawRecord, from: number, record: LogRecord | null): number | null {
    let first: number | null = null;
    for (const draft of parseTraces(raw.text, from, record !== null, this.#frames)) {
      for (const throwable of draft.chain) this.#versions.frames(throwable.frames);
      if (this.#exceptions.length >= MAX_EXCEPTIONS) {
        this.#exceptionsLeft++;
        continue;
      }
      first ??= this.#exceptions.length;
      this.#wanted = true;
      if (this.#streamed) for (const throwable of draft.chain) this.#strings.throwable(throwable);
      this.#exceptions.push({ ...draft, index: this.#exceptions.length, record: record?.index ?? null, time: record?.time ?? null });
    }
    return first;
  }

  #event(
    kind: LogEventKind,
    fields: LogEvent['fields'],
    record: LogRecord | null,
    line: number,
    span: LogEvent['span'],
    exception: number | null,
  ): void {
    const { id } = kind;
    const value = countedBy(fields);
    const counter = this.#counter(id, value, line);
    // Switches of tasks and jobs are always wanted, and so is what quotes something else.
    if (counter.count === MAX_OF_KIND && value === '' && kind.group !== 'task' && kind.group !== 'job' && kind.quotes !== true)
      this.#known.push(kind);
    const ofTask = kind.group === 'task' || id === 'checkpoint-declined';
    const room =
      this.#events.length < MAX_EVENTS && (!this.#streamed || (counter.count <= MAX_OF_KIND && (kind.group !== 'task' || id === 'cancel-stuck')));
    if (!ofTask && !room && kind.group !== 'job') return;
    // A crash report states its own time; no record need be around it.
    const time = fields.crashed === undefined ? (record?.time ?? null) : (parseStamp(fields.crashed)?.ms ?? null);
    const kept = room && this.#streamed ? this.#strings.fields(fields) : fields;
    const event: LogEvent = { id, record: record?.index ?? null, line, span, time, fields: kept, exception };
    if (room) {
      this.#wanted = true;
      this.#events.push(event);
    }
    if (ofTask) this.#executions.apply(event, this.#side(record?.logger ?? null));
    else if (kind.group === 'job') this.#jobs.apply(event);
    else if (kind.group === 'config' || kind.group === 'process') this.#versions.event(event);
  }

  /** Records of one logger often follow each other. */
  #side(logger: string | null): Side | null {
    if (logger !== this.#lastLogger) {
      this.#lastLogger = logger;
      this.#lastSide = sideOf(logger);
    }
    return this.#lastSide;
  }

  #counter(id: string, value: string, line: number): { count: number } {
    let values = this.#counters.get(id);
    if (values === undefined) {
      values = new Map();
      this.#counters.set(id, values);
    }
    let counter = values.get(value);
    if (counter === undefined) {
      const own = this.#strings.intern(value);
      counter = { id, value: own, count: 0, lines: [] };
      values.set(own, counter);
      this.#eventCounts.push(counter);
    }
    counter.count++;
    if (counter.lines.length < 5) counter.lines.push(line);
    return counter;
  }

  /** Text outside every record: bare traces, messages without their header. */
  #loose(raw: RawRecord): void {
    const before = this.#exceptions.length;
    const first = this.#traces(raw, 0, null);
    const text = raw.text.text;
    const covered = this.#exceptions.slice(before);
    let at = 0;
    for (let count = 0; at < text.length && count < MAX_LOOSE_LINES; count++) {
      let end = text.indexOf('\n', at);
      if (end === -1) end = text.length;
      const line = text.slice(at, end).trimEnd();
      if (line.length > 8) {
        // Who quotes a message indents it as a block of code.
        const indent = line.length - line.trimStart().length;
        const event = indent > MAX_INDENT ? null : matchMessage(line.slice(Math.max(indent, headEnd(line))));
        if (event !== null) {
          const span = raw.text.span(at, at + line.length);
          const own = covered.find((one) => one.span.start >= span.start && one.line <= raw.text.lineAt(at + line.length) + 1);
          this.#event(event.kind, event.fields, null, raw.text.lineAt(at), span, own?.index ?? null);
        }
      }
      at = end + 1;
    }
    for (const match of matchAnywhere(text)) {
      const index = match.index;
      const fields = match.kind.id === 'jvm-crash' ? crashFields(text, index) : match.fields;
      this.#event(match.kind, fields, null, raw.text.lineAt(index), raw.text.span(index, Math.min(text.length, index + 200)), first);
    }
  }

  /** Milliseconds of a record; says so where the clock steps back. */
  #time(raw: RawRecord, stamp: Stamp): number {
    const last = this.#lastTime;
    const time = this.passTime(stamp);
    if (last !== null && time < last - CLOCK_TOLERANCE && this.#clockSteps.length < MAX_CLOCK_STEPS) {
      this.#clockSteps.push({
        line: raw.text.line,
        span: { start: raw.span.start, end: Math.min(raw.span.end, raw.span.start + raw.messageStart) },
        by: last - time,
      });
    }
    return time;
  }

  /** The clock goes on to the time of a record; adds the days that a log without dates has run past midnight. */
  passTime({ ms, dated, zone }: Stamp): number {
    this.#dated ??= dated;
    this.#zone ??= zone;
    const last = this.#lastTime;
    if (!dated && last !== null && ms + this.#dayShift < last - HALF_DAY) this.#dayShift += DAY;
    const time = dated ? ms : ms + this.#dayShift;
    this.#firstTime ??= time;
    this.#lastTime = time;
    if (this.#from === null || time < this.#from) this.#from = time;
    if (this.#to === null || time > this.#to) this.#to = time;
    return time;
  }

  /** What the log says of its process so far, and the times of the first and the last record whose clock was looked at. */
  get stretch(): { votes: Votes; first: number | null; last: number | null } {
    return { votes: this.#versions.votes, first: this.#firstTime, last: this.#lastTime };
  }

  model(read: ReadResult): LogModel {
    const process: ProcessFacts = this.#versions.facts();
    const clock = this.#dated === null ? 'none' : this.#dated ? 'epoch' : 'day';
    return {
      layout: read.layout,
      wrapper: read.wrapper?.id ?? null,
      recordCount: this.#count,
      levels: this.#levels,
      records: this.#records,
      exceptions: this.#exceptions,
      exceptionsLeft: this.#exceptionsLeft,
      events: this.#events,
      eventCounts: this.#eventCounts,
      executions: this.#executions.list,
      executionsLeft: this.#executions.left,
      jobs: this.#jobs.list,
      process,
      from: this.#from,
      to: this.#to,
      clock,
      zone: this.#zone,
      utcOffset: offsetOf({ clock, zone: this.#zone, events: this.#events }),
      clockSteps: this.#clockSteps,
      reversed: read.reversed,
    };
  }
}

/** Events of one kind are counted by what they name: a state, or who it is about. */
export const countedBy = ({ to, who }: LogEvent['fields']): string => to ?? who ?? '';

/** Is what was thrown part of the message itself? A look that costs next to nothing: most records say nothing of the kind. */
const statesCause = (message: string): boolean => message.includes(' failure cause: ') || message.includes('. Diagnostics ');

/** The side of Flink that a class belongs to, as far as its package tells. */
function sideOf(logger: string | null): Side | null {
  if (logger === null) return null;
  if (/(?:^|\.)(?:taskmanager|taskexecutor|streaming\.runtime|state)\./.test(logger) || logger.endsWith('taskmanager.Task')) return 'TM';
  if (/(?:^|\.)(?:executiongraph|jobmaster|dispatcher|resourcemanager|scheduler|checkpoint|jobmanager|entrypoint)\./.test(logger)) return 'JM';
  return /\.client\./.test(logger) ? 'client' : null;
}
