import type { VertexActivity } from './activity.ts';

/** What the tasks of a dump say about where records pile up. */
export interface Bottleneck {
  /** Vertices whose subtasks mostly wait for output buffers. */
  pressed: VertexActivity[];
  /** Vertices at work that could be the cause: not back-pressured themselves, and not idle. */
  suspects: VertexActivity[];
}

/** Null when nothing is back-pressured: then there is no bottleneck to look for. */
export function bottleneckOf(vertices: readonly VertexActivity[]): Bottleneck | null {
  const pressed = backPressured(vertices);
  if (pressed.length === 0) return null;
  const suspects = vertices.filter((vertex) => !pressed.includes(vertex) && working(vertex) > 0);
  return { pressed, suspects: suspects.sort((a, b) => working(b) / b.subtasks.length - working(a) / a.subtasks.length) };
}

export const backPressured = (vertices: readonly VertexActivity[]): VertexActivity[] =>
  vertices.filter((vertex) => vertex.counts['back-pressured'] * 2 >= vertex.subtasks.length && vertex.subtasks.length > 0);

/** Subtasks that are doing something, or wait for something outside Flink. */
export function working({ counts }: VertexActivity): number {
  return counts.busy + counts.external + counts.state + counts.checkpoint + counts.blocked + counts.memory + counts.waiting;
}

/** Nothing is upstream of a source, so it holds nobody back. */
const SOURCE = /^(?:Legacy )?Source\b/;

/** Mailbox waits may be soft back-pressure: then the vertex at work is the cause, but one dump cannot tell. */
export function onlyAtWork(found: readonly VertexActivity[]): VertexActivity | null {
  const waiting = found.filter(({ counts, subtasks }) => counts.undecidable === subtasks.length);
  const atWork = found.filter((vertex) => working(vertex) === vertex.subtasks.length);
  const [only] = atWork;
  if (only === undefined || atWork.length > 1 || waiting.length === 0 || waiting.length + 1 !== found.length) return null;
  return SOURCE.test(only.task) ? null : only;
}
