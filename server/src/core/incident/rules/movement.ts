import type { VertexDigest } from '../digest/model.ts';
import type { Joined } from '../joined.ts';
import { type Evidence, placeIn } from './rule.ts';

/** Records that show that a job moves. */
const ENOUGH = 100;
/** Of what was handed to it a vertex that moves has read this share. */
const TAKEN = 0.05;
/** A vertex is held up from this share of its time on, and may hang where it is at work for more than that. */
const HELD_UP = 0.1;
const ALWAYS_BUSY = 0.9;

/**
 * That records go through the whole job, and nothing in it is held up: what the job's document counts of its vertices, vertex
 * by vertex. Null where it does not show: no figures, too few records, or a vertex that takes little of what it is given.
 */
export function movement({ plans }: Joined): Evidence | null {
  for (const { format, vertices, edges, source, line } of plans) {
    if (format !== 'rest-job' || edges.length === 0) continue;
    if (!vertices.every((vertex) => vertex.status === 'RUNNING' || vertex.status === 'FINISHED')) return null;
    const fed = vertices.map((vertex, index) => ({
      vertex,
      given: Math.max(0, ...edges.filter(([, to]) => to === index).map(([from]) => vertices[from]?.written ?? 0)),
    }));
    if (fed.some(({ vertex, given }) => hangs(vertex, given))) return null;
    const records = Math.max(0, ...vertices.map(({ read }) => read ?? 0));
    return records < ENOUGH ? null : { code: 'moved', facts: { records }, at: placeIn(source, line) };
  }
  return null;
}

/** The head of an iteration takes its records from a queue in memory and counts none of them (StreamIterationHead, up to 1.20). */
const UNCOUNTED = /^IterationSource/;

/** It may, by its figures. Where it is given little, nothing tells. */
const hangs = ({ name, read, busy, backPressured }: VertexDigest, given: number): boolean =>
  (backPressured ?? 0) >= HELD_UP || (given > 0 && (read ?? 0) < given * TAKEN && !UNCOUNTED.test(name)) || (given > 0 && (busy ?? 0) > ALWAYS_BUSY);
