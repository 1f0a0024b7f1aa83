/** Ids of nodes, groups and edges of job graphs: stable for one text, and readable back into what they stand for. */

export function vertexNode(plan: number, vertex: number): string {
  return `v${plan}:${vertex}`;
}

export function scopeGroup(plan: number, loop: number): string {
  return `s${plan}:${loop}`;
}

export function edgeId(plan: number, edge: number, part: number): string {
  return `e${plan}:${edge}:${part}`;
}

/** Index of the plan that a node or group belongs to; null for ids of other graphs. */
export function planOfId(id: string): number | null {
  const match = /^[vse](\d+):/.exec(id);
  return match === null ? null : Number(match[1]);
}
