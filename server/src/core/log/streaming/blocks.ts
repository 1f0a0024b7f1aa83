import { type Problem, problem } from '../../problems.ts';
import { CLOCK_TOLERANCE, countedBy } from '../builder.ts';
import { LogJoin } from '../join.ts';
import { MAX_EVENTS, MAX_EXCEPTIONS, MAX_OF_KIND, MAX_RECORDS } from '../kept.ts';
import type { Execution, LogEvent, LogModel } from '../model.ts';
import { VersionVotes, type Votes } from '../versions.ts';
import { type PackedExecutions, unpackChanges, unpackExecutions } from './packedExecutions.ts';
import { MAX_RECORD_BYTES } from './scanner.ts';
import { type Marks, SparseIndex } from './sparseIndex.ts';

/**
 * A stretch of a large log that begins with a record and ends before one, as it was read for itself: plain values, for it
 * may have been read in another thread. Offsets and lines count from where it begins.
 */
export interface LogBlock {
  /** Without its executions, which are packed. */
  log: LogModel;
  packed: PackedExecutions;
  votes: Votes;
  marks: Marks;
  bytes: number;
  lineFeeds: number;
  /** Records that were cut. */
  truncated: number;
  /** Times of its first and its last record. */
  first: number | null;
  last: number | null;
}

/** Puts the blocks of one log together, in their order: what comes of it is the log as it is read in one pass. */
export class BlockJoin {
  readonly index = new SparseIndex();
  readonly #join = new LogJoin({ firstFrames: true });
  readonly #votes = new VersionVotes();
  /** Events kept so far, by what they are counted by. */
  readonly #kinds = new Map<string, number>();
  #events = 0;
  #exceptions = 0;
  #records = 0;
  #line = 0;
  #truncated = 0;
  #last: number | null = null;
  bytes = 0;

  add({ log, packed, votes, marks, bytes, lineFeeds, truncated, first, last }: LogBlock): void {
    const place = { offset: this.bytes, line: this.#line };
    const back = first === null || this.#last === null ? 0 : this.#last - first;
    // The record before stands in another block: nobody has compared its time with that of the first one here.
    const steps: LogModel['clockSteps'] = back > CLOCK_TOLERANCE ? [{ line: 0, span: { start: 0, end: 0 }, by: back }] : [];
    const inLog = { ...place, record: this.#join.recordCount };
    const exceptionsBefore = this.#exceptions;
    const kept = this.#kept(log);
    this.#join.add({ log: { ...kept, clockSteps: [...steps, ...log.clockSteps] }, ...place });
    const executions: (Execution | null)[] = [];
    for (const one of unpackExecutions(packed, inLog)) {
      const exception = one.exception !== null && one.exception < kept.exceptions.length ? one.exception + exceptionsBefore : null;
      executions.push(this.#join.execution({ ...one, exception }));
    }
    unpackChanges(packed, executions, inLog);
    this.#votes.add(votes, place.offset);
    this.index.append(marks, place.offset, place.line);
    this.bytes += bytes;
    this.#line += lineFeeds;
    this.#truncated += truncated;
    this.#last = last ?? this.#last;
  }

  finish(): { log: LogModel; problems: Problem[] } {
    return { log: { ...this.#join.model(), process: this.#votes.facts() }, problems: cutRecords(this.#truncated) };
  }

  /** Every block keeps as much as a whole log may: what is too much together is only counted. */
  #kept(log: LogModel): LogModel {
    const exceptions = log.exceptions.slice(0, MAX_EXCEPTIONS - this.#exceptions);
    this.#exceptions += exceptions.length;
    const exception = (index: number | null) => (index === null || index < exceptions.length ? index : null);
    const events: LogEvent[] = [];
    for (const event of log.events) {
      const key = `${event.id}\n${countedBy(event.fields)}`;
      const count = this.#kinds.get(key) ?? 0;
      if (count >= MAX_OF_KIND || this.#events >= MAX_EVENTS) continue;
      this.#kinds.set(key, count + 1);
      this.#events++;
      events.push({ ...event, exception: exception(event.exception) });
    }
    const wanted = new Set([...events, ...exceptions].map(({ record }) => record));
    const records = log.records.filter(({ index }) => wanted.has(index)).slice(0, MAX_RECORDS - this.#records);
    this.#records += records.length;
    return {
      ...log,
      records,
      exceptions,
      exceptionsLeft: log.exceptionsLeft + log.exceptions.length - exceptions.length,
      events,
    };
  }
}

/** Records that were cut because they were too long; `file` names theirs where there are several. */
export function cutRecords(count: number, file: string | null = null, at = 0): Problem[] {
  return count === 0 ? [] : [problem('records-cut', { file, count, mebibytes: MAX_RECORD_BYTES >> 20 }, { start: at, end: at })];
}
