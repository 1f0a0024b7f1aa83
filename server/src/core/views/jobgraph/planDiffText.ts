import type { AnalysedPlan, JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import { diffPlans, isEmpty, type PlanDiff } from '../../analysis/jobgraph/planDiff.ts';
import type { Edge } from '../../jobgraph/edge.ts';
import type { Vertex } from '../../jobgraph/vertex.ts';
import { vertexName } from '../../rules/jobgraph/words.ts';
import { JOB_GRAPH_WORDS } from './words.ts';

const { diff: WORDS } = JOB_GRAPH_WORDS;

/** Lines of one list; the last says how many more. */
const MAX_LINES = 500;

/** What changed from one job graph to another, as plain text: "+" only in the second, "-" only in the first, "~" changed. */
export function diffText(one: JobGraphAnalysis, other: JobGraphAnalysis): string {
  if (one.primary === null || other.primary === null) {
    return `${WORDS.unreadable(one.primary === null)}\n`;
  }
  return planDiffText(diffPlans(one.primary, other.primary));
}

/** The same as Markdown. */
export const comparisonPage = (one: JobGraphAnalysis, other: JobGraphAnalysis): string =>
  `\`\`\`diff\n${diffText(one, other).replaceAll('```', "'''")}\`\`\`\n`;

function planDiffText(diff: PlanDiff): string {
  const lines = [`${sizeOf(diff.first)} -> ${sizeOf(diff.second)}`];
  if (isEmpty(diff)) lines.push(WORDS.none);
  lines.push(
    ...section(WORDS.vertices, [
      ...diff.addedVertices.map((vertex) => `+ ${vertexText(vertex)}`),
      ...diff.removedVertices.map((vertex) => `- ${vertexText(vertex)}`),
      ...diff.changedVertices.map(({ after, changes }) => `~ ${vertexName(after)}: ${changes.map(WORDS.change).join('; ')}`),
    ]),
    ...section(WORDS.edges, [
      ...diff.addedEdges.map((edge) => `+ ${edgeText(diff.second, edge)}`),
      ...diff.removedEdges.map((edge) => `- ${edgeText(diff.first, edge)}`),
      ...diff.changedEdges.map(({ after, changes }) => `~ ${ends(diff.second, after)}: ${changes.map(WORDS.change).join('; ')}`),
    ]),
  );
  return `${lines.join('\n')}\n`;
}

function sizeOf({ plan, loops }: AnalysedPlan): string {
  return WORDS.size(plan.format, { vertices: plan.vertices.length, edges: plan.edges.length, loops: loops.loops.length });
}

function section(title: string, lines: string[]): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MAX_LINES).map((line) => `  ${line}`);
  if (lines.length > MAX_LINES) shown.push(`  ${JOB_GRAPH_WORDS.more(lines.length - MAX_LINES)}`);
  return ['', title, ...shown];
}

const vertexText = (vertex: Vertex): string => WORDS.vertex(vertexName(vertex), vertex.parallelism);

function ends({ plan }: AnalysedPlan, edge: Edge): string {
  const label = (index: number): string => {
    const vertex = plan.vertices[index];
    return vertex === undefined ? '?' : vertexName(vertex);
  };
  return `${label(edge.from)} -> ${label(edge.to)}`;
}

function edgeText(plan: AnalysedPlan, edge: Edge): string {
  const words = [edge.kind === 'feedback' ? JOB_GRAPH_WORDS.feedback : null, edge.shipText, edge.exchangeText].filter((word) => word !== null);
  return `${ends(plan, edge)}${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
}
