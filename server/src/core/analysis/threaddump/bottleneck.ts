import type { Thread } from '../../threaddump/model.ts';
import type { ThreadActivity, VertexActivity } from './activity.ts';
import { isFlinkCore } from './hiddenWaits.ts';
import { waitPoint } from './waitPoint.ts';

/** What the tasks of a dump say about where records pile up. */
export interface Bottleneck {
  /** Vertices whose subtasks mostly wait for output buffers. */
  pressed: VertexActivity[];
  /** Vertices at work that could be the cause: not back-pressured themselves, and not idle. */
  suspects: VertexActivity[];
}

/** Null when nothing is back-pressured: then there is no bottleneck to look for. */
export function bottleneckOf(vertices: readonly VertexActivity[]): Bottleneck | null {
  const pressed = vertices.filter((vertex) => vertex.counts['back-pressured'] * 2 >= vertex.subtasks.length && vertex.subtasks.length > 0);
  if (pressed.length === 0) return null;
  const suspects = vertices.filter((vertex) => !pressed.includes(vertex) && working(vertex) > 0);
  return { pressed, suspects: suspects.sort((a, b) => working(b) / b.subtasks.length - working(a) / a.subtasks.length) };
}

/** Subtasks that are doing something, or wait for something outside Flink. */
export function working({ counts }: VertexActivity): number {
  return counts.busy + counts.external + counts.state + counts.checkpoint + counts.blocked + counts.memory + counts.waiting;
}

/** A vertex all of whose subtasks wait for something outside of their own code: one dump cannot tell how long. */
export interface HeldUp {
  task: string;
  /** Id of the known frame that tells it; 'network': it reads from a connection of its own; 'lock': whose holder is not shown. */
  does: string;
}

export function heldUp(found: readonly VertexActivity[]): HeldUp | null {
  const outside = found.find(({ subtasks }) => subtasks.every(isOutside));
  const [first] = outside?.subtasks ?? [];
  if (outside !== undefined && first !== undefined) return { task: outside.task, does: outsideOf(first) ?? 'network' };
  const blocked = found.find(({ counts, subtasks }) => counts.blocked === subtasks.length);
  return blocked === undefined ? null : { task: blocked.task, does: 'lock' };
}

/** Who sleeps wakes up: throttles do nothing else. */
function isOutside(activity: ThreadActivity): boolean {
  const does = activity.wait === null ? outsideOf(activity) : null;
  return does !== null && does !== 'sleep';
}

/** What a thread is at outside of its own code: the id of the known frame that tells it, 'network' for a connection of its own. Null: nothing such. */
export function outsideOf({ activity, thread, standing }: ThreadActivity): string | null {
  if (activity === 'external') return readsInput(thread, standing?.frame ?? 0) ? null : (standing?.known.id ?? 'network');
  const point = activity === 'busy' ? waitPoint(thread) : null;
  return point?.for === 'socket' && !isFlinkCore(point.caller) && !readsInput(thread, point.index) ? 'network' : null;
}

const IN_SOURCE = /\.(?:StreamSource\.run|SourceOperator\.emitNext)$/;
const HANDS_ON = /\.(?:collect\w*|emitRecord|pushToOperator|processElement)$/;

/** A source that waits for data of its own is well: nobody may have sent any. */
function readsInput({ frames }: Thread, from: number): boolean {
  for (const { className, method } of frames.slice(from)) {
    const name = `${className}.${method}`;
    if (HANDS_ON.test(name)) return false;
    if (IN_SOURCE.test(name)) return true;
  }
  return false;
}

/** Nothing is upstream of a source, so it holds nobody back. */
const SOURCE = /^(?:Legacy )?Source\b/;

/** Mailbox waits may be soft back-pressure: then the vertex at work is the cause, but one dump cannot tell. */
export function onlyAtWork(found: readonly VertexActivity[]): string | null {
  const waiting = found.filter(({ counts, subtasks }) => counts.undecidable === subtasks.length);
  const atWork = found.filter((vertex) => working(vertex) === vertex.subtasks.length);
  const [only] = atWork;
  if (only === undefined || atWork.length > 1 || waiting.length === 0 || waiting.length + 1 !== found.length) return null;
  return SOURCE.test(only.task) ? null : only.task;
}
