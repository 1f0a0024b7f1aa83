import type { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { Loop } from '../../analysis/jobgraph/scopes.ts';
import type { Draft, Fix, RelatedDraft, Rule } from '../../model.ts';
import { shorten } from '../../wording.ts';

/** A rule over one plan of a file. */
export type JobRule = Rule<JobView>;

/** Findings of one rule on one plan; damage and bad habits repeat, and the first say it. */
const MAX_FINDINGS = 50;
/** Related places of one finding. */
export const MAX_RELATED = 10;

/** Loops of DataStream.iterate() and of hand-written graphs: those whose feedback Flink's own rules speak of. */
export function streamingLoops(view: JobView): Loop[] {
  return view.loops.loops.filter((loop) => (loop.origin === 'iterate' || loop.origin === 'cycle') && !loop.tangled);
}

export function iterateLoops(view: JobView): Loop[] {
  return view.loops.loops.filter((loop) => loop.origin === 'iterate');
}

/** "loop 3", or for loops without a number "the loop at "name"". */
export function loopName(loop: Loop): string {
  return loop.origin === 'iterate' ? `loop ${loop.name}` : `the loop at "${shorten(loop.name, 40)}"`;
}

/** The two ends of a loop as related places. */
export function loopEnds(view: JobView, loop: Loop): RelatedDraft[] {
  return [
    { message: `Head of ${loopName(loop)}`, span: view.vertex(loop.head).nameSpan },
    { message: `Tail of ${loopName(loop)}`, span: view.vertex(loop.tail).nameSpan },
  ];
}

export function setConfiguration(key: string, value: string, cost: string): Fix {
  return {
    title: `Set ${key}: ${value}`,
    kind: 'quickfix',
    by: 'command',
    cost,
    command: { id: 'logjam.setConfiguration', arguments: [key, value, cost] },
  };
}

export function capped(findings: Draft[]): Draft[] {
  return findings.length > MAX_FINDINGS ? findings.slice(0, MAX_FINDINGS) : findings;
}

/** Vertices that can be reached over forward edges from the given ones, these included. */
export function reach(view: JobView, start: readonly number[], next: (vertex: number) => number[] = (vertex) => view.consumers(vertex)): Set<number> {
  const seen = new Set(start);
  const open = [...start];
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    for (const other of next(vertex)) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return seen;
}
