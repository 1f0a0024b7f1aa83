import { compareVersions } from '../../flinkVersion.ts';
import { FLINK_20663 } from '../../knowledge/memoryErrors.ts';
import type { LogEvent, LogException, TraceFrame } from '../../log/model.ts';
import { splitChain } from '../../log/taskNames.ts';
import { methodKey } from '../../log/traces/frames.ts';
import { walkThrowables } from '../../log/traces/throwables.ts';
import type { Certainty } from '../../model.ts';
import type { Coded } from '../../wording.ts';
import { type CallGraph, callGraph } from './callGraph.ts';
import { conversation, type Speaker, type Talk } from './componentTalk.ts';
import type { GcCase, GcVerdict } from './gcModel.ts';
import type { LogAnalysis } from './model.ts';

/** Two things that the log relates. */
export interface RelationFacts {
  /** Methods as "class.method"; `self`: a method and itself, or an overload. */
  call: { from: string; to: string; self: boolean };
  /** Operators that are chained in one task: one hands its records on to the other. */
  operator: { from: string; to: string };
  /** `value`: the state that is told, where one is. */
  component: { from: Speaker; to: Speaker; talk: Talk; value: string };
  /** Classes of an exception and of what it was wrapped into. */
  cause: { from: string; to: string; at: WrapPlace };
  /** `named`: the message itself names slow collections as a possibility. */
  gc: { verdict: GcVerdict['verdict']; named: boolean };
}

export type Relation = Coded<RelationFacts> & {
  certainty: Certainty;
  /** The text says so; else it is computed or concluded from what the text says. */
  printed: boolean;
  /** 0-based lines that show it, first few. */
  lines: number[];
  count: number;
};

/** What a GC log of the same JVM would show if the back-off of {@link FLINK_20663} was at work. Times on the clock of the log. */
export interface BackOffPrediction {
  version: string;
  backOffMs: number;
  /** When memory was asked for, at the latest. */
  asked: number;
  failed: number;
}

export interface Relations {
  relations: Relation[];
  calls: CallGraph;
  /** Of the first failure that a collection may explain. */
  prediction: BackOffPrediction | null;
  /** What GC logs say of every failure that a collection may explain. */
  gcCases: readonly GcCase[];
}

const MAX_LINES = 5;
/** Traces whose calls are merged; groups of equal traces are represented by one. */
const MAX_TRACES = 2000;

/** Everything that the log relates, without any guess about causes. */
export function findRelations(analysis: LogAnalysis, lineOf: (offset: number) => number): Relations {
  const table = new RelationTable();
  operators(analysis, table);
  components(analysis, table);
  causes(analysis, table, lineOf);
  const traces = analysis.log.exceptions.length <= MAX_TRACES ? analysis.log.exceptions : analysis.groups.flatMap((group) => group.members[0] ?? []);
  const calls = callGraph(traces, lineOf);
  for (const edge of calls.edges) {
    const { from, to, self } = edge;
    table.add({ code: 'call', facts: { from, to, self } }, STATED, edge.lines[0] ?? 0, edge.traces);
  }
  collector(analysis, table);
  return { relations: table.list, calls, prediction: prediction(analysis), gcCases: analysis.gcCases };
}

type Related = Coded<RelationFacts>;
type Grounds = Pick<Relation, 'certainty' | 'printed'>;

const STATED: Grounds = { certainty: 'proved', printed: true };

class RelationTable {
  readonly list: Relation[] = [];
  readonly #known = new Map<string, Relation>();

  add(related: Related, { certainty, printed }: Grounds, line: number, count = 1): Relation {
    const key = JSON.stringify([related.code, related.facts, certainty, printed]);
    const known = this.#known.get(key);
    if (known === undefined) {
      const added: Relation = { ...related, certainty, printed, lines: [line], count };
      this.#known.set(key, added);
      this.list.push(added);
      return added;
    }
    known.count += count;
    if (known.lines.length < MAX_LINES && !known.lines.includes(line)) known.lines.push(line);
    return known;
  }

  /** What was counted elsewhere, of which some lines are known. */
  addCounted(related: Related, grounds: Grounds, lines: readonly number[], count: number): void {
    let relation: Relation | null = null;
    for (const line of lines) relation = this.add(related, grounds, line);
    if (relation !== null) relation.count += count - lines.length;
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
      if (a !== undefined && b !== undefined) table.add({ code: 'operator', facts: { from: a.name, to: b.name } }, STATED, line);
    }
  }
}

function components({ log }: LogAnalysis, table: RelationTable): void {
  for (const { id, value, count, lines } of log.eventCounts) {
    const told = conversation(id, value);
    if (told === null) continue;
    const { from, to, talk } = told;
    table.addCounted({ code: 'component', facts: { from, to, talk, value: talk === 'reports-final-state' ? value : '' } }, told, lines, count);
  }
}

/** An exception and its cause, with the place where the one was wrapped into the other. */
function causes(analysis: LogAnalysis, table: RelationTable, lineOf: (offset: number) => number): void {
  for (const group of analysis.groups) {
    const sample = group.members[0];
    if (sample === undefined) continue;
    for (const wrap of wrapPoints(sample)) {
      const { inner: from, outer: to, place } = wrap;
      table.add({ code: 'cause', facts: { from, to, at: place } }, STATED, lineOf(wrap.at.span.start), group.members.length);
    }
  }
}

/** Where an exception was caught and wrapped. Lines of the source, as frames print them. */
export interface WrapPlace {
  method: string;
  line: number | null;
  /** Of the call that threw, in the same method. */
  call: number | null;
}

export interface WrapPoint {
  inner: string;
  outer: string;
  /** Frame in which the outer exception was made. */
  at: TraceFrame;
  place: WrapPlace;
}

/** Where each cause was caught and wrapped: the top frame of the enclosing trace made the enclosing exception. */
export function wrapPoints(exception: LogException): WrapPoint[] {
  const points: WrapPoint[] = [];
  walkThrowables(exception.top, (throwable, _frames, enclosing) => {
    if (enclosing === null || throwable.relation !== 'caused-by') return;
    const at = enclosing.throwable.frames[0];
    if (at === undefined || enclosing.throwable.className === null || throwable.className === null) return;
    const method = methodKey(at);
    const call = throwable.frames.find((frame) => methodKey(frame) === method && frame.line !== at.line)?.line ?? null;
    points.push({ inner: throwable.className, outer: enclosing.throwable.className, at, place: { method, line: at.line, call } });
  });
  return points;
}

function collector({ memory, gcCases }: LogAnalysis, table: RelationTable): void {
  const named = memory.some((one) => one.pool === 'managed');
  for (const { verdict, line } of gcCases) table.add({ code: 'gc', facts: { verdict, named } }, { certainty: 'suspected', printed: false }, line);
}

function prediction({ memory, gcCases, flinkVersion }: LogAnalysis): BackOffPrediction | null {
  const event: LogEvent | undefined = memory.find((one) => one.pool === 'managed')?.event;
  const version = flinkVersion?.range;
  if (gcCases.length === 0 || event === undefined || version === undefined || event.time === null) return null;
  const { affectedFrom, removedIn, backOffMs } = FLINK_20663;
  if (compareVersions(version, affectedFrom) < 0 || compareVersions(version, removedIn) >= 0) return null;
  return { version, backOffMs, asked: event.time - backOffMs, failed: event.time };
}
