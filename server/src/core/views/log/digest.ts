import type { LogAnalysis } from '../../analysis/log/model.ts';
import type { Keep } from '../../incident/digest/fit.ts';
import type { LogDigest, ThinException, ThinExecution, ThinFacts, ThinThrowable } from '../../incident/digest/model.ts';
import { frameText } from '../../incident/digest/thinFrames.ts';
import { eventKind } from '../../log/events.ts';
import { type Execution, type LogEvent, type LogException, type LogModel, type LogRecord, recordAt, type Throwable } from '../../log/model.ts';
import { parseTaskName } from '../../log/taskNames.ts';

/** Longer texts are cut: the beginning says what happened. In characters. */
const MAX_TEXT = 2000;
const MAX_MESSAGE = 500;
const MAX_FRAMES = 25;
const MAX_CHAIN = 12;
/** Of a frame that has been repeated by a recursion, and of names that somebody made up. */
const MAX_FRAME = 300;

/** What is set, and who the process is. */
const CONFIGURATION = /^(?:Loading configuration property: |Starting TaskManager with ResourceID: )/;

/** What a log says beyond itself: executions, failures, events and the records that they stand in. Lines are those of the file. */
export function logDigest({ log, files }: LogAnalysis, keep: Keep): LogDigest {
  const exceptions = keptExceptions(log, keep);
  const events = keep.ends(ownEvents(log)).map((event) => thinEvent(event, exceptions));
  const executions = keptExecutions(log, keep).map((one) => thinExecution(one, exceptions, keep));
  const records = keptRecords(log, [...events.filter(needsRecord), ...exceptions.kept], keep);
  const lastRecord = log.records.at(-1);
  return {
    layout: log.layout,
    wrapper: log.wrapper,
    recordCount: log.recordCount,
    levels: log.levels,
    lines: files.length === 0 ? lastLine(log) : 0,
    opens: { line: log.records[0]?.line ?? 0, exception: exceptions.indexOf(log.exceptions.find(({ record }) => record === null)?.index ?? null) },
    ends: {
      record: lastRecord?.index ?? null,
      exception: exceptions.indexOf(log.exceptions.findLast(({ record }) => record !== null && record === lastRecord?.index)?.index ?? null),
    },
    records,
    exceptions: exceptions.kept,
    exceptionsLeft: log.exceptionsLeft + log.exceptions.length - exceptions.kept.length,
    events,
    eventCounts: [...keep.first(log.eventCounts)],
    executions,
    executionsLeft: log.executionsLeft + log.executions.length - executions.length,
    jobs: keep.first(log.jobs).map(({ id, name, states }) => ({ id, name, states: keep.ends(states).map(placeless) })),
    process: thinFacts(log, keep),
    from: log.from,
    to: log.to,
    clock: log.clock,
    zone: log.zone,
    clockSteps: log.clockSteps.map(({ line, by }) => ({ line, by })),
    reversed: log.reversed,
  };
}

/** What is said of tasks is in the executions. */
const isOwn = ({ id }: LogEvent): boolean => id === 'cancel-stuck' || eventKind(id)?.group !== 'task';

const EVENTS = new WeakMap<LogModel, readonly LogEvent[]>();

/** Looked for once, however often the digest is made smaller. */
function ownEvents(log: LogModel): readonly LogEvent[] {
  const found = EVENTS.get(log) ?? log.events.filter(isOwn);
  EVENTS.set(log, found);
  return found;
}

/** Of most events all that matters is in the event. */
const SELF_TOLD: ReadonlySet<string | undefined> = new Set(['checkpoint', 'job', 'config']);
const needsRecord = ({ id }: { id: string }): boolean => !SELF_TOLD.has(eventKind(id)?.group);

/** Exceptions that are kept, and where each of the log's is among them. */
interface Kept {
  kept: ThinException[];
  indexOf(index: number | null): number | null;
}

function keptExceptions(log: LogModel, keep: Keep): Kept {
  const all = keep.ends(log.exceptions);
  const places = new Map(all.map(({ index }, at) => [index, at]));
  return { kept: all.map(thinException), indexOf: (index) => (index === null ? null : (places.get(index) ?? null)) };
}

function thinException({ record, line, time, kind, chain }: LogException): ThinException {
  const links = chain.length <= MAX_CHAIN ? chain : [...chain.slice(0, MAX_CHAIN - 1), chain[chain.length - 1] as Throwable];
  return { record, line, time, kind, chain: links.map(thinThrowable) };
}

const thinThrowable = ({ className, message, line, relation, frames }: Throwable): ThinThrowable => ({
  className,
  message: message === null ? null : message.slice(0, MAX_TEXT),
  line,
  relation,
  frames: frames.slice(0, MAX_FRAMES).map((frame) => frameText(frame).slice(0, MAX_FRAME)),
});

function thinEvent(event: LogEvent, exceptions: Kept): LogDigest['events'][number] {
  const fields = Object.entries(event.fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value.slice(0, MAX_TEXT)] as const]));
  return { ...placeless(event), fields: Object.fromEntries(fields), exception: exceptions.indexOf(event.exception) };
}

/** What failed or did not end rather than the others, where not all are kept; in the order of the log. */
function keptExecutions({ executions }: LogModel, keep: Keep): readonly Execution[] {
  if (keep.holds(executions.length)) return executions;
  let ordered = TELLING.get(executions);
  if (ordered === undefined) {
    const tells = ({ exception, end, mentions }: Execution) =>
      exception !== null || end === 'FAILED' || mentions.some(({ what }) => what === 'stuck' || what === 'decline');
    const telling = new Set(executions.filter(tells));
    ordered = [...telling, ...executions.filter((one) => !telling.has(one))];
    TELLING.set(executions, ordered);
  }
  const kept = new Set(keep.ends(ordered));
  return executions.filter((one) => kept.has(one));
}

/** Executions by whether they tell more than that they ran. */
const TELLING = new WeakMap<readonly Execution[], readonly Execution[]>();

function thinExecution(one: Execution, exceptions: Kept, keep: Keep): ThinExecution {
  return {
    ...one,
    states: keep.ends(one.states).map(placeless),
    mentions: keep.ends(one.mentions).map(placeless),
    reported: one.reported === null ? null : placeless(one.reported),
    exception: exceptions.indexOf(one.exception),
  };
}

/** Those that something stands in, those that print the configuration, and the last one of each subtask's thread. */
function keptRecords(log: LogModel, items: readonly { record: number | null }[], keep: Keep): LogDigest['records'] {
  const wanted = new Set(items.map(({ record }) => record));
  for (const index of ownRecords(log)) wanted.add(index);
  const kept = [...wanted].flatMap((index) => (index === null ? [] : (recordAt(log, index) ?? [])));
  return keep.ends(kept.sort((a, b) => a.index - b.index)).map(thinRecord);
}

const OWN = new WeakMap<LogModel, readonly number[]>();

/** Records that are kept for their own sake; looked for once. */
function ownRecords(log: LogModel): readonly number[] {
  const known = OWN.get(log);
  if (known !== undefined) return known;
  const found: number[] = [];
  const last = new Map<string, number>();
  const ofTask = new Map<string, boolean>();
  for (const { index, thread, message } of log.records) {
    if (message.startsWith('Loading') || message.startsWith('Starting')) {
      if (CONFIGURATION.test(message)) found.push(index);
    }
    if (thread === null) continue;
    let is = ofTask.get(thread);
    if (is === undefined) {
      is = parseTaskName(thread) !== null;
      ofTask.set(thread, is);
    }
    if (is) last.set(thread, index);
  }
  const [first, end] = [log.records[0], log.records.at(-1)];
  found.push(...[...last.values()].slice(-MAX_THREADS), ...[first, end].flatMap((record) => record?.index ?? []));
  OWN.set(log, found);
  return found;
}

/** Threads of subtasks whose last line is kept. */
const MAX_THREADS = 5000;

const thinRecord = ({ span: _, messageSpan: __, ...record }: LogRecord): LogDigest['records'][number] => ({
  ...record,
  message: record.message.slice(0, MAX_MESSAGE),
  context: record.context?.slice(0, MAX_MESSAGE) ?? null,
  thread: record.thread?.slice(0, MAX_MESSAGE) ?? null,
  logger: record.logger?.slice(0, MAX_MESSAGE) ?? null,
});

function thinFacts({ process }: LogModel, keep: Keep): ThinFacts {
  return {
    component: process.component,
    side: process.side,
    jdk: process.jdk === null ? null : placeless(process.jdk),
    memory: keep.first(process.memory).map(({ name, bytes }) => ({ name, bytes })),
    jvmOptions: keep.first(process.jvmOptions).map(({ text }) => text.slice(0, MAX_MESSAGE)),
    settings: keep.first(process.settings).map(({ key, value }) => ({ key: key.slice(0, MAX_MESSAGE), value: value.slice(0, MAX_MESSAGE) })),
    flink: process.flink === null ? null : placeless(process.flink),
    flinkVersions: process.flinkConflict?.versions ?? [],
  };
}

function placeless<T extends { span: unknown }>({ span: _, ...rest }: T): Omit<T, 'span'> {
  return rest;
}

/** The line behind the last one that anything stands in. */
function lastLine({ records, exceptions }: LogModel): number {
  const record = records.at(-1);
  return Math.max(record === undefined ? 0 : record.line + record.lines, (exceptions.at(-1)?.line ?? 0) + 1);
}
