import { table } from '../../../../../common/table.ts';
import type { SubtaskRow, VertexDocument } from '../../rest/model/job.ts';
import type { BackPressureDocument, FlameNode, PressureRow } from '../../rest/model/load.ts';

/** One subtask does the work that others wait for. */
export interface Skew<T> {
  row: T;
  /** Share of the time, or of the records. */
  share: number;
  /** The highest share of any other. */
  next: number;
}

const BUSY = 0.8;
const IDLE = 0.4;

/** Of the subtasks of a vertex one is busy, the others are not. */
export function busySkew({ subtasks }: BackPressureDocument): Skew<PressureRow> | null {
  const measured = subtasks.filter((row): row is PressureRow & { busy: number } => row.busy !== null).sort((a, b) => b.busy - a.busy);
  const [first, second] = measured;
  if (first === undefined || second === undefined || measured.length !== subtasks.length) return null;
  return first.busy >= BUSY && second.busy <= IDLE ? { row: first, share: first.busy, next: second.busy } : null;
}

/** Fewer records say nothing of keys. */
const ENOUGH_RECORDS = 1000;
const MOST_RECORDS = 0.5;
/** The one has so many times as many as any other. */
const TIMES = 3;

/** Of the subtasks of a vertex one reads most of the records, and works on them most of the time. */
export function recordSkew({ of, subtasks }: VertexDocument): (Skew<SubtaskRow> & { busy: number }) | null {
  if (of !== 'subtasks') return null;
  const counted = subtasks.filter(hasRecords).sort((a, b) => b.readRecords - a.readRecords);
  const [first, second] = counted;
  const total = counted.reduce((sum, { readRecords }) => sum + readRecords, 0);
  if (first === undefined || second === undefined || total < ENOUGH_RECORDS) return null;
  const share = first.readRecords / total;
  const busy = busyShare(first);
  if (share < MOST_RECORDS || first.readRecords < TIMES * second.readRecords || busy === null || busy < HALF) return null;
  return { row: first, share, next: second.readRecords / total, busy };
}

const HALF = 0.5;
const hasRecords = (row: SubtaskRow): row is SubtaskRow & { readRecords: number } => row.readRecords !== null;

function busyShare({ busyMs, idleMs, backPressuredMs }: SubtaskRow): number | null {
  if (busyMs === null || idleMs === null || backPressuredMs === null) return null;
  const total = busyMs + idleMs + backPressuredMs;
  return total === 0 ? null : busyMs / total;
}

/** Subtasks that are long in a state that they should leave soon. */
export interface Lingering {
  rows: SubtaskRow[];
  /** Of those that the document has. */
  of: number;
  /** The longest of them. */
  ms: number;
}

/** From so long on each state is told; ms. A cancelled task is asked again after 30 s (task.cancellation.interval). */
const LONG = table<number>({ INITIALIZING: 5000, CANCELING: 30_000, SCHEDULED: 10_000, DEPLOYING: 30_000 });

export type LingeringState = 'INITIALIZING' | 'CANCELING' | 'SCHEDULED' | 'DEPLOYING';
export const LINGERING_STATES: readonly LingeringState[] = ['CANCELING', 'INITIALIZING', 'SCHEDULED', 'DEPLOYING'];

export function lingering({ of, subtasks }: VertexDocument, state: LingeringState): Lingering | null {
  if (of !== 'subtasks') return null;
  const rows = subtasks.filter(({ status, statusMs }) => status === state && (statusMs[state] ?? 0) >= (LONG[state] ?? 0));
  const ms = Math.max(0, ...rows.map(({ statusMs }) => statusMs[state] ?? 0));
  return rows.length === 0 ? null : { rows, of: subtasks.length, ms };
}

/** The way down a flame graph along the most samples, as long as a child has most of all samples. */
export function hottest(root: FlameNode): { frames: FlameNode[]; share: number } | null {
  if (root.value === 0) return null;
  const frames: FlameNode[] = [];
  let node = root;
  for (;;) {
    const [next] = node.children;
    if (next === undefined || next.value < root.value * MOST_OF_THE_SAMPLES) break;
    frames.push(next);
    node = next;
  }
  return frames.length === 0 ? null : { frames, share: node.value / root.value };
}

const MOST_OF_THE_SAMPLES = 0.5;
/** Frames of the JVM, of Flink and of what Flink is built on. */
const FOREIGN = /^(?:java|javax|jdk|sun|com\.sun|scala|akka|org\.apache\.(?:flink|pekko)|org\.apache\.flink\.shaded)\./;

/** The innermost frame of the user's own on a way. */
export const ownFrame = (frames: readonly FlameNode[]): FlameNode | undefined =>
  frames.findLast(({ name, what }) => what === undefined && !FOREIGN.test(name));
