import type { AnalysedPlan } from '../../analysis/jobgraph/model.ts';
import { JOB_GRAPH_WORDS as WORDS } from './words.ts';

/**
 * A plan as text to be compared side by side: vertices in flow order, without ids and formats, so that only what the
 * job does differently shows as a difference.
 */
export function planText({ plan, loops }: AnalysedPlan): string {
  const inputs: string[][] = plan.vertices.map(() => []);
  const names = plan.vertices.map((vertex) => vertex.name.replace(/\[\d+\]:?/g, ''));
  for (const edge of plan.edges) {
    const words = [edge.kind === 'feedback' ? WORDS.feedback : null, edge.shipText, edge.exchangeText].filter((word) => word !== null);
    inputs[edge.to]?.push(`    <- ${names[edge.from]}${words.length === 0 ? '' : ` (${words.join(', ')})`}`);
  }
  const order = plan.vertices.map((_, index) => index);
  order.sort((a, b) => (loops.rank[a] as number) - (loops.rank[b] as number) || ((names[a] as string) < (names[b] as string) ? -1 : 1));
  const blocks = order.map((index) => {
    const vertex = plan.vertices[index];
    const level = loops.scopes[index]?.getLevel() ?? 0;
    const facts = [
      vertex?.parallelism == null ? null : WORDS.text.parallelism(vertex.parallelism),
      vertex?.maxParallelism == null ? null : WORDS.text.maxParallelism(vertex.maxParallelism),
      level === 0 ? null : WORDS.level(level),
    ].filter((fact) => fact !== null);
    const operators = vertex === undefined || vertex.operators.length < 2 ? [] : vertex.operators.map((operator) => `    . ${operator}`);
    return [`${names[index]}${facts.length === 0 ? '' : `, ${facts.join(', ')}`}`, ...operators, ...(inputs[index] ?? []).sort()].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}
