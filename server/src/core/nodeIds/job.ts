/** Ids of nodes, groups and edges of job graphs: stable for one text, and readable back into what they stand for. */

export function vertexNode(plan: number, vertex: number): string {
  return `v${plan}:${vertex}`;
}

export function scopeGroup(plan: number, loop: number): string {
  return `s${plan}:${loop}`;
}

export function operatorNode(plan: number, vertex: number, operator: number): string {
  return `o${plan}:${vertex}:${operator}`;
}

/** Of the edge by which an operator of a chain gets its records. */
export function chainEdge(plan: number, vertex: number, operator: number): string {
  return `c${plan}:${vertex}:${operator}`;
}

export function edgeId(plan: number, edge: number, part: number): string {
  return `e${plan}:${edge}:${part}`;
}

/** Index of the plan that a node or group belongs to; null for ids of other graphs. */
export function planOfId(id: string): number | null {
  const match = /^[vseoc](\d+):/.exec(id);
  return match === null ? null : Number(match[1]);
}
