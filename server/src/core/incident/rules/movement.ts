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
 * Whether records go through the whole job and nothing in it is held up: what the job's document counts of its vertices, vertex
 * by vertex. Where that does not show the evidence says why: no figures, or a vertex that took little of what it was given.
 */
export function movement({ plans }: Joined): { moves: boolean; evidence: Evidence | null } {
  for (const { format, vertices, edges, source, line } of plans) {
    if (format !== 'rest-job' || edges.length === 0) continue;
    if (!vertices.every((vertex) => vertex.status === 'RUNNING' || vertex.status === 'FINISHED')) return OPEN;
    const fed = vertices.map((vertex, index) => ({
      vertex,
      given: Math.max(0, ...edges.filter(([, to]) => to === index).map(([from]) => vertices[from]?.written ?? 0)),
    }));
    const at = placeIn(source, line);
    const behind = fed.find(({ vertex, given }) => takesLittle(vertex, given));
    if (behind !== undefined) {
      const { vertex, given } = behind;
      return { moves: false, evidence: { code: 'taken-little', facts: { task: vertex.name, read: vertex.read ?? 0, given }, at } };
    }
    if (fed.some(({ vertex, given }) => isHeldUp(vertex, given))) return OPEN;
    const records = Math.max(0, ...vertices.map(({ read }) => read ?? 0));
    if (records === 0) return { moves: false, evidence: { code: 'no-records', facts: {}, at } };
    return records < ENOUGH ? OPEN : { moves: true, evidence: { code: 'moved', facts: { records }, at } };
  }
  return OPEN;
}

const OPEN = { moves: false, evidence: null };

/** The head of an iteration takes its records from a queue in memory and counts none of them (StreamIterationHead, up to 1.20). */
const UNCOUNTED = /^IterationSource/;

/** It may hang, by its figures. Where it is given little, nothing tells. */
const takesLittle = ({ name, read }: VertexDigest, given: number): boolean => given > 0 && (read ?? 0) < given * TAKEN && !UNCOUNTED.test(name);

const isHeldUp = ({ busy, backPressured }: VertexDigest, given: number): boolean =>
  (backPressured ?? 0) >= HELD_UP || (given > 0 && (busy ?? 0) > ALWAYS_BUSY);
