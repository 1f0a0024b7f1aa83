import type { Span } from '../../../../../common/span.ts';
import type { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { Loop } from '../../analysis/jobgraph/scopes.ts';
import type { Vertex } from '../../jobgraph/vertex.ts';
import { type CommandFix, type CopyFix, type Draft, type EditFix, finding, type RelatedDraft, type Rule } from '../../model.ts';
import { saidOf, shorten } from '../../wording.ts';
import type { CostFacts, FixFacts, JobFacts, LoopFact, RelatedFacts, VertexFact } from './facts.ts';
import { JOB_RULE_WORDS as WORDS } from './words.ts';

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

export const vertexFact = ({ name, id }: Vertex): VertexFact => ({ name: shorten(name, 200), id });

export const loopFact = ({ name, origin }: Loop): LoopFact => ({ name, origin });

/** A finding with the words for its facts. */
export function tell<Code extends keyof JobFacts>(
  rule: JobRule,
  code: Code,
  facts: JobFacts[Code],
  parts: Pick<Draft, 'certainty' | 'span'> & Partial<Pick<Draft, 'severity' | 'related' | 'fixes'>>,
): Draft {
  const named = Object.entries<unknown>(facts).filter(
    ([, fact]) => typeof fact === 'string' || (typeof fact === 'object' && fact !== null && 'name' in fact),
  );
  return finding(rule, {
    code,
    facts,
    key: named.map(([name]) => name),
    ...saidOf<JobFacts[Code]>(WORDS.findings[code], facts),
    ...parts,
  });
}

/** A place beside a finding. */
export function beside<Code extends keyof RelatedFacts>(span: Span, code: Code, facts: RelatedFacts[Code]): RelatedDraft {
  return { message: WORDS.related[code](facts), span };
}

export const headOf = (view: JobView, loop: Loop): RelatedDraft => beside(view.vertex(loop.head).nameSpan, 'head', { loop: loopFact(loop) });

export const tailOf = (view: JobView, loop: Loop): RelatedDraft => beside(view.vertex(loop.tail).nameSpan, 'tail', { loop: loopFact(loop) });

/** Sets an option of the Flink configuration in the workspace. */
export function setConfiguration(key: string, value: string, cost: keyof CostFacts): CommandFix {
  const price = WORDS.costs[cost]({});
  return {
    title: WORDS.fixes['set-option']({ key, value }),
    kind: 'quickfix',
    by: 'command',
    command: { id: 'logjam.setConfiguration', arguments: [key, value, price] },
    cost: price,
  };
}

/** Puts one line of code or configuration on the clipboard. */
export const copyFix = (text: string): CopyFix => ({ title: WORDS.fixes.copy({ text: text.trimEnd() }), kind: 'quickfix', by: 'copy', copy: text });

/** Changes the plan, to see what would follow; the job itself needs what `cost` says. */
export function editFix<Code extends keyof FixFacts>(code: Code, facts: FixFacts[Code], span: Span, newText: string, cost: keyof CostFacts): EditFix {
  return { title: WORDS.fixes[code](facts), kind: 'quickfix', by: 'edits', edits: [{ span, newText }], cost: WORDS.costs[cost]({}) };
}

/** Loops that one rule walks through at most. */
const MAX_LOOPS = 200;
/** Edges that one rule follows at most, in all loops together. */
const MAX_STEPS = 1_000_000;

/** The first loops, so many that walking through the whole plan for each of them has a bound. */
export function walkable<L>(edges: number, loops: readonly L[]): L[] {
  return loops.slice(0, Math.min(MAX_LOOPS, Math.ceil(MAX_STEPS / (edges + 1))));
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
