import type { Span } from '../../../../common/span.ts';
import { MAX_CLOCK_STEPS, MAX_EXECUTIONS, MAX_ITEMS } from './kept.ts';
import type { Execution, LogEvent, LogException, LogModel, LogRecord, Mention, ProcessFacts, StateChange, Throwable, TraceFrame } from './model.ts';
import { FirstFrames } from './traces/firstFrames.ts';
import { offsetOf } from './zone.ts';

/** A log among several, and where its offsets and lines begin in the count through all of them. */
export interface LogPart {
  log: LogModel;
  offset: number;
  line: number;
  /** Milliseconds that its clock is ahead of the one that all are told by. */
  ahead?: number;
}

const MAX_PROCESS_LINES = 200;
const MAX_COUNTED_LINES = 5;
const MAX_SUPPRESSED = 50;

/**
 * Several logs as one model, in the order given: executions are joined by their ids, jobs by theirs; indices, lines and
 * offsets count on. None of the models is changed. What is joined of one log is that log.
 */
export function joinLogs(parts: readonly LogPart[]): LogModel {
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && only.offset === 0 && only.line === 0 && (only.ahead ?? 0) === 0) return only.log;
  const join = new LogJoin();
  for (const part of parts) join.add(part);
  return join.model();
}

/** How the places, times and indices of one part are counted in the joined log. */
interface Shift {
  offset: number;
  line: number;
  ahead: number;
  record: number;
  exception: number;
  /** Null: every frame is at its own place. */
  frames: FirstFrames | null;
}

/** Joins logs as they come; see `joinLogs`. */
export class LogJoin {
  readonly #records: LogRecord[] = [];
  readonly #exceptions: LogException[] = [];
  readonly #events: LogEvent[] = [];
  readonly #executions: Execution[] = [];
  readonly #byId = new Map<string, Execution>();
  /** Latest execution of a name, for those of which only the name was printed; made when the first of these comes. */
  #byName: Map<string, Execution> | null = null;
  readonly #jobs = new Map<string, LogModel['jobs'][number]>();
  readonly #counts = new Map<string, LogModel['eventCounts'][number]>();
  readonly #clockSteps: LogModel['clockSteps'] = [];
  readonly #levels: LogModel['levels'] = {};
  readonly #facts: ProcessFacts[] = [];
  /** Frames by what they say. */
  readonly #frames: FirstFrames | null;
  #recordCount = 0;
  #exceptionsLeft = 0;
  #executionsLeft = 0;
  /** The first that has a layout, else the first. */
  #told: LogModel | null = null;
  #clock: LogModel['clock'] = 'none';
  readonly #zones = new Set<string | null>();
  #from: number | null = null;
  #to: number | null = null;

  /** `firstFrames`: equal frames are at the place of the first one, as in a log that is streamed. */
  constructor({ firstFrames = false }: { firstFrames?: boolean } = {}) {
    this.#frames = firstFrames ? new FirstFrames() : null;
  }

  get recordCount(): number {
    return this.#recordCount;
  }

  add({ log, offset, line, ahead = 0 }: LogPart): void {
    const shift: Shift = { offset, line, ahead, record: this.#recordCount, exception: this.#exceptions.length, frames: this.#frames };
    for (const record of log.records)
      this.#records.push({ ...placed(record, shift), index: record.index + shift.record, messageSpan: spanOf(record.messageSpan, shift) });
    for (const one of log.exceptions) this.#exceptions.push(exceptionOf(one, shift));
    for (const event of log.events) this.#events.push({ ...recorded(event, shift), exception: exceptionIndex(event.exception, shift) });
    for (const one of log.executions) this.execution(executionOf(one, shift));
    for (const { id, name, states } of log.jobs) {
      const job = this.#jobs.get(id) ?? { id, name, states: [] };
      job.name ??= name;
      job.states.push(...states.map((change) => recorded(change, shift)));
      this.#jobs.set(id, job);
    }
    for (const one of log.eventCounts) this.#count(one, shift);
    for (const step of log.clockSteps)
      if (this.#clockSteps.length < MAX_CLOCK_STEPS) this.#clockSteps.push({ ...step, line: step.line + line, span: spanOf(step.span, shift) });
    for (const [level, count] of Object.entries(log.levels) as [keyof LogModel['levels'], number][])
      this.#levels[level] = (this.#levels[level] ?? 0) + count;
    this.#facts.push(factsOf(log.process, shift));
    this.#recordCount += log.recordCount;
    this.#exceptionsLeft += log.exceptionsLeft;
    this.#executionsLeft += log.executionsLeft;
    if (this.#told === null || (this.#told.layout === null && log.layout !== null)) this.#told = log;
    if (log.from !== null && log.to !== null) {
      this.#from = Math.min(this.#from ?? Infinity, log.from - ahead);
      this.#to = Math.max(this.#to ?? -Infinity, log.to - ahead);
    }
    if (log.clock === 'none') return;
    if (this.#clock === 'none') this.#clock = log.clock;
    this.#zones.add(log.zone);
  }

  model(): LogModel {
    const told = this.#told;
    const clock = this.#clock;
    // Times of logs that state their zone are in UTC, those of others are not.
    const zone = this.#zones.has(null) ? null : ([...this.#zones][0] ?? null);
    return {
      layout: told?.layout ?? null,
      wrapper: told?.wrapper ?? null,
      recordCount: this.#recordCount,
      levels: this.#levels,
      records: this.#records,
      exceptions: this.#exceptions,
      exceptionsLeft: this.#exceptionsLeft,
      events: this.#events,
      eventCounts: [...this.#counts.values()],
      executions: this.#executions,
      executionsLeft: this.#executionsLeft,
      jobs: [...this.#jobs.values()],
      process: joinedFacts(this.#facts),
      from: this.#from,
      to: this.#to,
      clock,
      zone,
      utcOffset: offsetOf({ clock, zone, events: this.#events }),
      clockSteps: this.#clockSteps,
      reversed: told?.reversed ?? false,
    };
  }

  /**
   * Takes an execution that is placed in the joined log already: by its id, else, where only its name was printed, by that.
   *
   * @returns what it is there; null: there are too many, it is only counted
   */
  execution(one: Execution): Execution | null {
    const known = one.id === null ? this.#named(one) : this.#byId.get(one.id);
    if (known !== undefined) {
      const unnamed = known.task === null;
      merge(known, one);
      if (unnamed && this.#byName !== null) addName(this.#byName, known);
      return known;
    }
    if (this.#executions.length >= MAX_EXECUTIONS) {
      this.#executionsLeft++;
      return null;
    }
    this.#executions.push(one);
    if (one.id !== null) this.#byId.set(one.id, one);
    if (this.#byName !== null) addName(this.#byName, one);
    return one;
  }

  #named({ task, subtask, parallelism, attempt }: Execution): Execution | undefined {
    if (this.#byName === null) {
      this.#byName = new Map();
      for (const one of this.#executions) addName(this.#byName, one);
    }
    if (task === null) return undefined;
    const name = nameOf(task, subtask, parallelism);
    return this.#byName.get(attempt === null ? name : `${name}#${attempt}`);
  }

  #count({ id, value, count, lines }: LogModel['eventCounts'][number], { line }: Shift): void {
    const key = `${id}\n${value}`;
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { id, value, count, lines: lines.map((one) => one + line) });
    else {
      known.count += count;
      known.lines.push(...lines.slice(0, MAX_COUNTED_LINES - known.lines.length).map((one) => one + line));
    }
  }
}

const nameOf = (task: string, subtask: number | null, parallelism: number | null): string =>
  subtask === null || parallelism === null ? task : `${task} (${subtask}/${parallelism})`;

function addName(names: Map<string, Execution>, one: Execution): void {
  if (one.task === null) return;
  const name = nameOf(one.task, one.subtask, one.parallelism);
  names.set(name, one);
  if (one.attempt !== null) names.set(`${name}#${one.attempt}`, one);
}

/** What a later log says of an execution is added to what is known of it. */
function merge(known: Execution, more: Execution): void {
  if (known.task === null) {
    known.task = more.task;
    known.subtask = more.subtask ?? known.subtask;
    known.parallelism = more.parallelism;
  }
  known.attempt ??= more.attempt;
  known.vertex ??= more.vertex;
  known.location ??= more.location;
  known.reported ??= more.reported;
  known.exception ??= more.exception;
  known.states.push(...more.states.slice(0, Math.max(0, MAX_ITEMS - known.states.length)));
  known.mentions.push(...more.mentions.slice(0, Math.max(0, MAX_ITEMS - known.mentions.length)));
  if (more.endSeen || !known.endSeen) known.end = more.end ?? known.end;
  known.endSeen ||= more.endSeen;
}

const spanOf = ({ start, end }: Span, { offset }: Shift): Span => ({ start: start + offset, end: end + offset });

const timeOf = (time: number | null, { ahead }: Shift): number | null => (time === null ? null : time - ahead);

const exceptionIndex = (index: number | null, { exception }: Shift): number | null => (index === null ? null : index + exception);

function placed<T extends { line: number; span: Span; time: number | null }>(one: T, shift: Shift): T {
  return { ...one, line: one.line + shift.line, span: spanOf(one.span, shift), time: timeOf(one.time, shift) };
}

function recorded<T extends { line: number; span: Span; time: number | null; record: number | null }>(one: T, shift: Shift): T {
  return { ...placed(one, shift), record: one.record === null ? null : one.record + shift.record };
}

function executionOf(one: Execution, shift: Shift): Execution {
  return {
    ...one,
    states: one.states.map((change): StateChange => recorded(change, shift)),
    mentions: one.mentions.map((mention): Mention => recorded(mention, shift)),
    reported: one.reported === null ? null : recorded(one.reported, shift),
    exception: exceptionIndex(one.exception, shift),
  };
}

function exceptionOf(one: LogException, shift: Shift): LogException {
  const top = throwableOf(one.top, shift);
  const chain: Throwable[] = [];
  for (let at: Throwable | null = top; at !== null && chain.length < one.chain.length; at = at.cause) chain.push(at);
  return { ...recorded(one, shift), index: one.index + shift.exception, top, chain };
}

function frameOf(frame: TraceFrame, shift: Shift): TraceFrame {
  const placed = { ...frame, span: spanOf(frame.span, shift) };
  return shift.frames?.of(placed) ?? placed;
}

/** `depth`: what was suppressed by something suppressed is followed so far. */
function throwableOf(one: Throwable, shift: Shift, depth = 0): Throwable {
  const links: Throwable[] = [];
  for (let at: Throwable | null = one; at !== null; at = at.cause) links.push(at);
  let cause: Throwable | null = null;
  for (const link of links.reverse()) {
    cause = {
      ...link,
      line: link.line + shift.line,
      span: spanOf(link.span, shift),
      headSpan: spanOf(link.headSpan, shift),
      elidedSpan: link.elidedSpan === null ? null : spanOf(link.elidedSpan, shift),
      frames: link.frames.map((frame) => frameOf(frame, shift)),
      suppressed: depth < MAX_SUPPRESSED ? link.suppressed.map((other) => throwableOf(other, shift, depth + 1)) : [],
      cause,
    };
  }
  return cause as Throwable;
}

function factsOf(facts: ProcessFacts, shift: Shift): ProcessFacts {
  const moved = <T extends { span: Span }>(one: T): T => ({ ...one, span: spanOf(one.span, shift) });
  return {
    ...facts,
    jdk: facts.jdk === null ? null : moved(facts.jdk),
    memory: facts.memory.map(moved),
    jvmOptions: facts.jvmOptions.map(moved),
    settings: facts.settings.map(moved),
    flink: facts.flink === null ? null : moved(facts.flink),
    flinkConflict: facts.flinkConflict === null ? null : moved(facts.flinkConflict),
  };
}

/** Of all processes together. */
const MAX_SETTINGS = 2000;

/** What start banners and jar tags of all of them say; banners say more of a version than tags do. */
function joinedFacts(facts: readonly ProcessFacts[]): ProcessFacts {
  const told = facts.flatMap(({ flink }) => (flink === null ? [] : [flink]));
  const banners = told.filter(({ evidence }) => evidence === 'banner');
  const named = banners.length > 0 ? banners : told;
  const conflicts = facts.flatMap(({ flinkConflict }) => (flinkConflict === null ? [] : [flinkConflict]));
  const versions = [...new Set([...named.map(({ version }) => version), ...conflicts.flatMap((one) => one.versions)])];
  const span = conflicts[0]?.span ?? named[0]?.span;
  return {
    component: facts.find(({ component }) => component !== null)?.component ?? null,
    side: facts.find(({ side }) => side !== null)?.side ?? null,
    jdk: facts.findLast(({ jdk }) => jdk?.evidence === 'banner')?.jdk ?? facts.find(({ jdk }) => jdk !== null)?.jdk ?? null,
    memory: facts.flatMap(({ memory }) => memory).slice(0, MAX_PROCESS_LINES),
    jvmOptions: facts.flatMap(({ jvmOptions }) => jvmOptions).slice(0, MAX_PROCESS_LINES),
    settings: facts.flatMap(({ settings }) => settings).slice(0, MAX_SETTINGS),
    flink: versions.length === 1 ? (named[0] ?? null) : null,
    flinkConflict: versions.length > 1 && span !== undefined ? { versions, span } : null,
  };
}
