import type { RestAnalysis } from './model.ts';

/** Names of the vertices that the text tells, by their ids. */
export function vertexNames({ rest, graph }: Pick<RestAnalysis, 'rest' | 'graph'>): Map<string, string> {
  const names = new Map<string, string>();
  for (const { plan } of graph?.plans ?? []) for (const { id, name } of plan.vertices) if (id !== '') names.set(id, name);
  for (const document of rest.documents) {
    const { vertex } = document.subject;
    if (document.type === 'vertex' && document.name !== null && vertex !== null) names.set(vertex, document.name);
  }
  return names;
}
