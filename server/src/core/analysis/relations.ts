import { FLINK_20663 } from '../knowledge/memory-errors.ts';
import { lineName } from '../log/files.ts';
import { methodKey } from '../log/frames.ts';
import type { LogAnalysis, LogEvent, LogException, TraceFrame } from '../log/model.ts';
import { shortTask, splitChain } from '../log/taskNames.ts';
import { walkThrowables } from '../log/throwables.ts';
import { formatDuration, formatStamp } from '../log/time.ts';
import { compareVersions } from '../log/versions.ts';
import { type CallGraph, callGraph } from './callGraph.ts';
import { subtaskLabel } from './executions.ts';
import type { Grade } from './failureModel.ts';
import type { GcVerdict } from './gcJoin.ts';
import type { GcCase } from './gcVerdicts.ts';

/** Two things that the log relates: functions, operators, processes, an exception and its cause. */
export interface Relation {
  kind: 'call' | 'operator' | 'component' | 'cause' | 'gc';
  from: string;
  to: string;
  /** What relates them, in words. */
  how: string;
  grade: Grade;
  /** 0-based lines that show it, first few. */
  lines: number[];
  count: number;
}

export interface Relations {
  relations: Relation[];
  calls: CallGraph;
  /** The collector's part in the first failure; null when nothing in the log asks for it. */
  gc: (Pick<GcVerdict, 'verdict' | 'text' | 'evidence'> & { prediction: string | null }) | null;
  /** The same for every failure that a collection may explain. */
  gcCases: GcCase[];
}

const MOST_LINES = 5;
/** Traces whose calls are merged; groups of equal traces are represented by one. */
const MOST_TRACES = 2000;

/** Everything that the log relates, without any guess about causes. */
export function findRelations(analysis: LogAnalysis, lineOf: (offset: number) => number): Relations {
  const table = new RelationTable();
  operators(analysis, table);
  components(analysis, table);
  causes(analysis, table, lineOf);
  const traces = analysis.log.exceptions.length <= MOST_TRACES ? analysis.log.exceptions : analysis.groups.flatMap((group) => group.members[0] ?? []);
  const calls = callGraph(traces, lineOf);
  for (const edge of calls.edges) {
    table.add(
      { kind: 'call', from: edge.from, to: edge.to, how: edge.self ? 'calls itself or an overload' : 'calls', grade: 'stated' },
      edge.lines[0] ?? 0,
      edge.traces,
    );
  }
  return { relations: table.list, calls, gc: collector(analysis, table), gcCases: analysis.gcCases };
}

class RelationTable {
  readonly list: Relation[] = [];
  readonly #known = new Map<string, Relation>();

  add(relation: Omit<Relation, 'lines' | 'count'>, line: number, count = 1): void {
    const key = `${relation.kind}\n${relation.from}\n${relation.to}\n${relation.how}\n${relation.grade}`;
    const known = this.#known.get(key);
    if (known === undefined) {
      const added = { ...relation, lines: [line], count };
      this.#known.set(key, added);
      this.list.push(added);
      return;
    }
    known.count += count;
    if (known.lines.length < MOST_LINES && !known.lines.includes(line)) known.lines.push(line);
  }

  set(relation: Omit<Relation, 'lines' | 'count'>, lines: readonly number[], count: number): void {
    for (const line of lines) this.add(relation, line);
    const known = this.list.findLast((one) => one.from === relation.from && one.to === relation.to && one.how === relation.how);
    if (known !== undefined) known.count += count - lines.length;
  }
}

/** Chained operators hand records on within one task: a data flow, not a call that a trace would show. */
function operators(analysis: LogAnalysis, table: RelationTable): void {
  const seen = new Map<string, number>();
  for (const execution of analysis.log.executions) {
    if (execution.task === null || !execution.task.includes(' -> ')) continue;
    const line = execution.states[0]?.line ?? execution.mentions[0]?.line ?? 0;
    const known = seen.get(execution.task);
    if (known === undefined || line < known) seen.set(execution.task, line);
  }
  for (const [task, line] of seen) {
    const chain = splitChain(task);
    for (const [from, to] of chain.edges) {
      const [a, b] = [chain.operators[from], chain.operators[to]];
      if (a !== undefined && b !== undefined)
        table.add({ kind: 'operator', from: a.name, to: b.name, how: 'hands its records on to (chained in one task)', grade: 'stated' }, line);
    }
  }
}

/** What an event says about two components. */
const COMPONENTS: Record<string, { from: string; to: string; how: (value: string) => string; grade: Grade }> = {
  'unregistering-task': {
    from: 'TaskExecutor',
    to: 'JobManager',
    how: (value) => `reports the final state ${value}`,
    grade: 'stated',
  },
  'received-task': { from: 'JobManager', to: 'TaskExecutor', how: () => 'submits a task', grade: 'derived' },
  deploying: { from: 'JobManager', to: 'TaskExecutor', how: () => 'deploys a task', grade: 'stated' },
  'cancel-attempt': { from: 'JobManager', to: 'TaskExecutor', how: () => 'cancels a task', grade: 'inferred' },
  'checkpoint-triggered': { from: 'CheckpointCoordinator', to: 'source tasks', how: () => 'triggers a checkpoint', grade: 'derived' },
  'checkpoint-declined': { from: 'task', to: 'CheckpointCoordinator', how: () => 'declines a checkpoint', grade: 'stated' },
  'tm-registered': { from: 'TaskExecutor', to: 'ResourceManager', how: () => 'registers', grade: 'stated' },
  'tm-disconnected': { from: 'JobManager', to: 'TaskExecutor', how: () => 'closes the connection', grade: 'stated' },
  'peer-lost': { from: 'TaskManager', to: 'TaskManager (peer)', how: () => 'exchanges data; the connection was lost', grade: 'stated' },
  'peer-connect': { from: 'TaskManager', to: 'TaskManager (peer)', how: () => 'asks for a partition', grade: 'stated' },
  'iteration-head': { from: 'iteration tail', to: 'iteration head', how: () => 'feeds records back', grade: 'derived' },
};

function components({ log }: LogAnalysis, table: RelationTable): void {
  for (const { id, value, count, lines } of log.eventCounts) {
    const entry = COMPONENTS[id];
    if (id === 'heartbeat-timeout' || id === 'unreachable') {
      const peer = value === '' ? 'process' : value;
      const self = peer === 'TaskManager' ? 'JobManager' : 'TaskManager';
      table.set(
        { kind: 'component', from: self, to: peer, how: id === 'unreachable' ? 'cannot reach' : 'expects heartbeats of', grade: 'stated' },
        lines,
        count,
      );
    } else if (entry !== undefined)
      table.set({ kind: 'component', from: entry.from, to: entry.to, how: entry.how(value), grade: entry.grade }, lines, count);
  }
}

/** An exception and its cause, with the place where the one was wrapped into the other. */
function causes(analysis: LogAnalysis, table: RelationTable, lineOf: (offset: number) => number): void {
  for (const group of analysis.groups) {
    const sample = group.members[0];
    if (sample === undefined) continue;
    for (const wrap of wrapPoints(sample)) {
      table.add(
        { kind: 'cause', from: wrap.inner, to: wrap.outer, how: wrap.text, grade: 'stated' },
        lineOf(wrap.at.span.start),
        group.members.length,
      );
    }
  }
}

export interface WrapPoint {
  inner: string;
  outer: string;
  /** Frame in which the outer exception was made. */
  at: TraceFrame;
  text: string;
}

/** Where each cause was caught and wrapped: the top frame of the enclosing trace made the enclosing exception. */
export function wrapPoints(exception: LogException): WrapPoint[] {
  const points: WrapPoint[] = [];
  walkThrowables(exception.top, (throwable, _frames, enclosing) => {
    if (enclosing === null || throwable.relation !== 'caused-by') return;
    const at = enclosing.throwable.frames[0];
    if (at === undefined || enclosing.throwable.className === null || throwable.className === null) return;
    const place = at.line === null ? methodKey(at) : `${methodKey(at)}:${at.line}`;
    const call = throwable.frames.find((frame) => methodKey(frame) === methodKey(at) && frame.line !== at.line);
    const called = call?.line == null ? '' : ` (the call itself is at :${call.line})`;
    points.push({ inner: throwable.className, outer: enclosing.throwable.className, at, text: `caught and wrapped at ${place}${called}` });
  });
  return points;
}

function collector(analysis: LogAnalysis, table: RelationTable): Relations['gc'] {
  const managed = analysis.memory.find((one) => one.pool.id === 'managed');
  const [first] = analysis.gcCases;
  if (first === undefined) return null;
  const hypothesis =
    managed === undefined ? 'a long collection would explain it' : 'the message names slow garbage collection as a possibility (fixed text)';
  for (const one of analysis.gcCases)
    table.add({ kind: 'gc', from: 'TaskManager', to: 'JVM garbage collector', how: `${hypothesis}: ${one.verdict}`, grade: 'inferred' }, one.line);
  const { verdict, text, evidence } = first;
  return { verdict, text, evidence, prediction: managed === undefined ? null : prediction(analysis, managed.event) };
}

/** What a GC log of the same JVM would show if the back-off of 1.10 - 1.12 was at work. */
function prediction(analysis: LogAnalysis, event: LogEvent): string | null {
  const version = analysis.flinkVersion?.range;
  if (version === undefined || event.time === null) return null;
  if (compareVersions(version, FLINK_20663.affectedFrom) < 0 || compareVersions(version, FLINK_20663.removedIn) >= 0) return null;
  const at = formatStamp(event.time, analysis.log.clock === 'epoch');
  const asked = formatStamp(event.time - FLINK_20663.backOffMs, analysis.log.clock === 'epoch');
  return `In ${version} the reservation sleeps 1 + 2 + … + 1024 ms = ${FLINK_20663.backOffMs} ms before it fails, so memory was asked for at ${asked} or before; a GC log would show up to 3 collections with cause System.gc() between then and ${at}.`;
}

const GRADES: Record<Grade, string> = { stated: 'stated in the log', derived: 'derived from the log', inferred: 'inferred, not stated' };
const MOST_LISTED = 200;

/** The answer of `logjam relations`: "YES:" with what is related, or "NO:" with the reason. Lines count from 1. */
export function relationsText(analysis: LogAnalysis, found: Relations, name: string): string {
  const out: string[] = [];
  const nameOf = (line: number) => lineName(analysis.files, line);
  const list = (title: string, relations: readonly Relation[], text: (relation: Relation) => string) => section(out, title, relations, text, nameOf);
  const of = (kind: Relation['kind']) => found.relations.filter((one) => one.kind === kind);
  const related = found.relations.filter((one) => one.kind !== 'gc');
  if (related.length === 0) {
    out.push(`NO: ${name}`, '', `${facts(analysis)} No stack trace, no chained operators and no message that relates two components.`);
    return `${out.join('\n')}\n`;
  }
  out.push(`YES: ${headline(found)}`, '', facts(analysis));
  const { first } = analysis.failures;
  if (first !== null) {
    const episode = analysis.failures.episodes.find((one) => one.first === first);
    out.push(
      `First failure: line ${nameOf(first.line)}${first.time === null ? '' : `, ${formatStamp(first.time, analysis.log.clock === 'epoch')}`}: ${episode?.verdict ?? first.title}`,
    );
  }
  list('Operators (data flow within a task, not calls)', of('operator'), (one) => `${one.from} -> ${one.to}`);
  list('Components', of('component'), (one) => `${one.from} -> ${one.to}: ${one.how}${one.grade === 'inferred' ? cancelEvidence(analysis) : ''}`);
  list('Exceptions (cause -> what it was wrapped in)', of('cause'), (one) => `${one.from} -> ${one.to}: ${one.how}`);
  const { calls } = found;
  const self = calls.edges.filter((edge) => edge.self).length;
  list(
    `Calls: ${calls.methods.length} methods, ${calls.edges.length} edges${self === 0 ? '' : ` (${self} from a method to itself or an overload)`}, ${calls.frameCount} frames`,
    of('call'),
    (one) => `${one.from} -> ${one.to}`,
  );
  if (calls.incomplete > 0)
    out.push(
      `  Frames behind "... more" could not be completed in ${calls.incomplete} place${calls.incomplete === 1 ? '' : 's'}: the text is damaged or the number is missing.`,
    );
  if (found.gc !== null) {
    out.push('', `TaskManager -> JVM garbage collector: ${found.gc.verdict}. ${found.gc.text}`);
    for (const line of found.gc.evidence) out.push(`  ${line}`);
    if (found.gc.prediction !== null) out.push(`  ${found.gc.prediction}`);
    for (const one of found.gcCases.slice(1)) {
      out.push('', `Line ${nameOf(one.line)}, ${one.what}: ${one.verdict}. ${one.text}`);
      for (const line of one.evidence) out.push(`  ${line}`);
    }
  }
  for (const verdict of analysis.memory) {
    out.push('', `Memory (line ${nameOf(verdict.line)}): ${verdict.statement}${verdict.arithmetic === null ? '' : ` ${verdict.arithmetic}.`}`);
    for (const line of verdict.version) out.push(`  ${line}`);
    for (const line of verdict.check) out.push(`  Check: ${line}`);
  }
  return `${out.join('\n')}\n`;
}

/** Who is related, processes first, as one line. */
function headline(found: Relations): string {
  const parts: string[] = [];
  const chains = joinPairs(found.relations.filter((one) => one.kind === 'operator'));
  parts.push(...chains);
  const pairs = new Set(found.relations.filter((one) => one.kind === 'component').map((one) => `${one.from} -> ${one.to}`));
  parts.push(...pairs);
  parts.push(...joinPairs(found.relations.filter((one) => one.kind === 'cause')));
  if (found.calls.edges.length > 0) parts.push(`${found.calls.edges.length} calls between ${found.calls.methods.length} methods`);
  return parts.slice(0, 20).join('; ') + (parts.length > 20 ? `; ${parts.length - 20} more` : '');
}

/** a -> b and b -> c become a -> b -> c. */
function joinPairs(relations: readonly Relation[]): string[] {
  const paths: string[][] = [];
  for (const one of relations) {
    const path = paths.find((candidate) => candidate[candidate.length - 1] === one.from && candidate.length < 20);
    if (path === undefined) paths.push([one.from, one.to]);
    else path.push(one.to);
    if (paths.length > 100) break;
  }
  return paths.map((path) => path.join(' -> '));
}

function facts(analysis: LogAnalysis): string {
  const { log } = analysis;
  const parts = [
    `${log.recordCount} record${log.recordCount === 1 ? '' : 's'}`,
    `${log.executions.length} execution${log.executions.length === 1 ? '' : 's'}`,
  ];
  const traces = log.exceptions.filter((one) => one.kind === 'trace').length;
  if (traces > 0) parts.push(`${traces} stack trace${traces === 1 ? '' : 's'}`);
  if (analysis.flinkVersion !== null)
    parts.push(
      `Flink ${analysis.flinkVersion.range} (${analysis.flinkVersion.evidence === 'jar-tag' ? 'jar tags' : analysis.flinkVersion.evidence})`,
    );
  if (log.process.jdk !== null) parts.push(`Java ${log.process.jdk.version}`);
  return `${parts.join(', ')}.`;
}

function section(
  out: string[],
  title: string,
  relations: readonly Relation[],
  text: (relation: Relation) => string,
  nameOf: (line: number) => string,
): void {
  if (relations.length === 0) return;
  out.push('', `${title}`);
  for (const one of relations.slice(0, MOST_LISTED)) {
    const lines = one.lines.map(nameOf).join(', ');
    out.push(
      `  ${text(one)}  [${GRADES[one.grade]}; line${one.lines.length === 1 ? '' : 's'} ${lines}${one.count > one.lines.length ? `, ${one.count} times in all` : ''}]`,
    );
  }
  if (relations.length > MOST_LISTED) out.push(`  … and ${relations.length - MOST_LISTED} more`);
}

/** Why a cancellation is taken for the JobManager's: it follows a failure that was reported to it. */
function cancelEvidence(analysis: LogAnalysis): string {
  const { first } = analysis.failures;
  if (first === null || first.execution === null || first.time === null) return '';
  let cancel: number | null = null;
  for (const one of analysis.log.executions) {
    const time = one.mentions.find((mention) => mention.what === 'cancel-attempt')?.time ?? null;
    if (time !== null && time >= first.time && (cancel === null || time < cancel)) cancel = time;
  }
  if (cancel === null) return '';
  const execution = analysis.log.executions[first.execution];
  if (execution === undefined) return '';
  const label = subtaskLabel(execution);
  return ` (${formatDuration(cancel - first.time)} after the failure of ${label === null ? shortTask(execution.task ?? '') : `subtask ${label}`} was reported)`;
}
