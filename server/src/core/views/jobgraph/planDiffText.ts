import type { AnalysedPlan, JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import { type Change, diffPlans, isEmpty, type PlanDiff } from '../../analysis/jobgraph/planDiff.ts';
import type { Edge } from '../../jobgraph/edge.ts';
import type { Vertex } from '../../jobgraph/vertex.ts';
import { plural, shorten } from '../../wording.ts';

/** Lines of one list; the last says how many more. */
const MAX_LINES = 500;

/** What changed from one job graph to another, as plain text: "+" only in the second, "-" only in the first, "~" changed. */
export function diffText(one: JobGraphAnalysis, other: JobGraphAnalysis): string {
  if (one.primary === null || other.primary === null) {
    return `${one.primary === null ? 'The first' : 'The second'} file has no job graph that could be read.\n`;
  }
  return planDiffText(diffPlans(one.primary, other.primary));
}

function planDiffText(diff: PlanDiff): string {
  const lines = [`${sizeOf(diff.first)} -> ${sizeOf(diff.second)}`];
  if (isEmpty(diff)) lines.push('No differences.');
  lines.push(
    ...section('Vertices', [
      ...diff.addedVertices.map((vertex) => `+ ${vertexText(vertex)}`),
      ...diff.removedVertices.map((vertex) => `- ${vertexText(vertex)}`),
      ...diff.changedVertices.map(({ after, changes }) => `~ ${after.label}: ${changes.map(changeText).join('; ')}`),
    ]),
    ...section('Edges', [
      ...diff.addedEdges.map((edge) => `+ ${edgeText(diff.second, edge)}`),
      ...diff.removedEdges.map((edge) => `- ${edgeText(diff.first, edge)}`),
      ...diff.changedEdges.map(({ after, changes }) => `~ ${ends(diff.second, after)}: ${changes.map(changeText).join('; ')}`),
    ]),
  );
  return `${lines.join('\n')}\n`;
}

function sizeOf({ plan, loops }: AnalysedPlan): string {
  return `${plan.format}: ${plural(plan.vertices.length, 'vertex', 'vertices')}, ${plural(plan.edges.length, 'edge')}, ${plural(loops.loops.length, 'loop')}`;
}

function section(title: string, lines: string[]): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MAX_LINES).map((line) => `  ${line}`);
  if (lines.length > MAX_LINES) shown.push(`  and ${lines.length - MAX_LINES} more`);
  return ['', title, ...shown];
}

function vertexText(vertex: Vertex): string {
  return `${vertex.label}${vertex.parallelism === null ? '' : `, parallelism ${vertex.parallelism}`}`;
}

function changeText({ what, before, after }: Change): string {
  return `${what} ${shorten(before, 120)} -> ${shorten(after, 120)}`;
}

function ends({ plan }: AnalysedPlan, edge: Edge): string {
  const label = (index: number) => plan.vertices[index]?.label ?? '?';
  return `${label(edge.from)} -> ${label(edge.to)}`;
}

function edgeText(plan: AnalysedPlan, edge: Edge): string {
  const words = [edge.kind === 'feedback' ? 'feedback' : null, edge.shipText, edge.exchangeText].filter((word) => word !== null);
  return `${ends(plan, edge)}${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
}
