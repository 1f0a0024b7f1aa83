import { compareVersions } from '../../flinkVersion.ts';
import { FLINK_20663 } from '../../knowledge/memory-errors.ts';
import type { LogEvent, LogException, TraceFrame } from '../../log/model.ts';
import { splitChain } from '../../log/taskNames.ts';
import { formatStamp } from '../../log/time.ts';
import { methodKey } from '../../log/traces/frames.ts';
import { walkThrowables } from '../../log/traces/throwables.ts';
import { type CallGraph, callGraph } from './callGraph.ts';
import { COMPONENTS } from './componentTalk.ts';
import type { Grade } from './failureModel.ts';
import type { GcCase, GcVerdict } from './gcModel.ts';
import type { LogAnalysis } from './model.ts';

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
